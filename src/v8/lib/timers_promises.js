// The module `timers/promises`.
'use strict';

const timers = require('timers');

function promised(start, clear) {
  return (delay, value, { signal, ref = true } = {}) => new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = start(() => resolve(value), delay);
    if (!ref) timer.unref();
    signal?.addEventListener('abort', () => { clear(timer); reject(signal.reason); }, { once: true });
  });
}

async function* setInterval(delay, value) {
  for (;;) yield await module.exports.setTimeout(delay, value);
}

module.exports = {
  setTimeout: promised(timers.setTimeout, timers.clearTimeout),
  setImmediate: (value, options) =>
    promised((done) => timers.setImmediate(done), timers.clearImmediate)(undefined, value, options),
  setInterval,
};
