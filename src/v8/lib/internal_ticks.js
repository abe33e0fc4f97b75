// process.nextTick(), microtasks and rejected promises: what runs between two callbacks of the loop.
'use strict';

const { hasTicks, runMicrotasks, enqueueMicrotask, kRejectWithNoHandler,
        kHandlerAddedAfterReject } = binding('task');

const { frames, callInFrame, frameOf } = require('internal_async');

const { invalidType } = require('internal_errors');
const trace = binding('trace');

// First in, first out. `head` moves on, so that taking one is no copying of the rest.
let queue = [];
let head = 0;

function nextTick(callback, ...values) {
  if (typeof callback !== 'function') {
    throw invalidType('callback', 'function', callback);
  }
  const tick = { callback, values, frame: undefined };
  if (frames.areUsed) tick.frame = frameOf('TickObject', tick);
  queue.push(tick);
  hasTicks[0] = 1;
}

// All ticks, then all microtasks, and again while either has brought more; then the rejections that
// nobody handled meanwhile. A tick that throws leaves the others in the queue.
function drainTicks() {
  do {
    while (head < queue.length) {
      const { callback, values, frame } = queue[head++];
      if (head > 1024 && head * 2 > queue.length) {
        queue = queue.slice(head);
        head = 0;
      }
      if (trace.isOn) trace.note(`  nextTick(${callback.name})`);
      if (frames.areUsed) callInFrame(frame, undefined, callback, values); else callback(...values);
    }
    queue = [];
    head = 0;
    hasTicks[0] = 0;
    if (trace.isOn) trace.noteDrained();
    runMicrotasks();
  } while (queue.length > 0 || reportRejections());
  hasTicks[0] = 0;
}

// Between two callbacks that C++ calls as one: what CallbackScope does behind its own.
function settle() {
  if (hasTicks[0] === 0) runMicrotasks();
  if (hasTicks[0] !== 0) drainTicks();
}

function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw invalidType('callback', 'function', callback);
  const frame = frames.areUsed ? frameOf('Microtask', callback) : undefined;
  enqueueMicrotask(() => {
    try {
      if (frames.areUsed) callInFrame(frame, undefined, callback, []); else callback();
    } catch (error) {
      require('process').reportUncaught(error);
    }
  });
}

const unhandled = new Map();
const handledLate = [];

function noteRejection(event, promise, reason) {
  if (event === kRejectWithNoHandler) {
    unhandled.set(promise, reason);
    hasTicks[0] = 1;
  } else if (event === kHandlerAddedAfterReject && !unhandled.delete(promise)) {
    handledLate.push(promise);
    hasTicks[0] = 1;
  }
}

// True when there may be more to drain.
function reportRejections() {
  if (unhandled.size === 0 && handledLate.length === 0) return false;
  const { process, reportUncaught } = require('process');
  for (const promise of handledLate.splice(0)) process.emit('rejectionHandled', promise);
  for (const [promise, reason] of unhandled) {
    unhandled.delete(promise);
    const mode = rejectionMode ??= process.execArgv.map((flag) => /^--unhandled-rejections=(.*)/.exec(flag)?.[1]).find(Boolean) ?? 'throw';
    if (mode === 'strict') reportUncaught(rejectionError(reason), 'unhandledRejection');
    const isHandled = process.emit('unhandledRejection', reason, promise);
    if (mode === 'throw' && !isHandled) reportUncaught(rejectionError(reason), 'unhandledRejection');
    else if (mode === 'warn' || (!isHandled && mode !== 'none' && mode !== 'throw')) warnOfRejection(process, reason);
    if (mode === 'warn-with-error-code' && !isHandled) process.exitCode = 1;
  }
  return queue.length > 0 || unhandled.size > 0;
}

let rejectionMode;
let rejectionsWarnedOf = 0;

function warnOfRejection(process, reason) {
  const shown = reason instanceof Error ? reason.stack : require('internal_inspect').inspect(reason);
  process.emitWarning(shown, 'UnhandledPromiseRejectionWarning');
  process.emitWarning('Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). To terminate the node process on unhandled promise rejection, use the CLI flag ' +
    '`--unhandled-rejections=strict` (see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). ' +
    `(rejection id: ${++rejectionsWarnedOf})`, 'UnhandledPromiseRejectionWarning');
}

function rejectionError(reason) {
  if (reason instanceof Error) return reason;
  const { inspect } = require('internal_inspect');
  const shown = reason !== null && typeof reason === 'object' ? `#<${reason.constructor?.name ?? 'Object'}>` : typeof reason === 'string' ? reason : inspect(reason);
  const error = new Error('This error originated either by throwing inside of an async function without a catch block, ' +
                          'or by rejecting a promise which was not handled with .catch(). ' +
                          `The promise rejected with the reason "${shown}".`);
  error.code = 'ERR_UNHANDLED_REJECTION';
  error.stack = `UnhandledPromiseRejection: ${error.message}`;
  return error;
}

module.exports = { nextTick, drainTicks, settle, queueMicrotask, noteRejection, invalidType };
