// The module `timers/promises`.
'use strict';

const timers = require('timers');
const { abortError, invalidType } = require('internal_errors');

function promised(start, clear) {
  return (delay, value, { signal, ref = true } = {}) => new Promise((resolve, reject) => {
    if (typeof ref !== 'boolean') throw invalidType('options.ref', 'boolean', ref);
    if (signal !== undefined && typeof signal?.aborted !== 'boolean') throw invalidType('options.signal', 'an instance of AbortSignal', signal);
    if (signal?.aborted) return reject(abortError(signal.reason));
    const onAbort = () => { clear(timer); reject(abortError(signal.reason)); };
    const timer = start(() => { signal?.removeEventListener('abort', onAbort); resolve(value); }, delay);
    if (!ref) timer.unref();
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

// One interval that goes on while its consumer works: what has come due meanwhile is handed out at once.
async function* setInterval(delay, value, { signal, ref = true } = {}) {
  if (signal?.aborted) throw abortError(signal.reason);
  let due = 0;
  let wake = () => {};
  const timer = timers.setInterval(() => { due++; wake(); }, delay);
  if (!ref) timer.unref();
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      if (signal?.aborted) throw abortError(signal.reason);
      if (due === 0) await new Promise((resolve) => { wake = resolve; });
      for (; due > 0; due--) yield value;
    }
  } finally {
    timers.clearInterval(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

const setTimeout = promised(timers.setTimeout, timers.clearTimeout);
const setImmediate = (value, options) =>
  promised((done) => timers.setImmediate(done), timers.clearImmediate)(undefined, value, options);

module.exports = { setTimeout, setImmediate, setInterval,
                   scheduler: { wait: (delay, options) => setTimeout(delay, undefined, options), yield: () => setImmediate() } };
