// The first file that runs: makes the globals and tells C++ which functions to call.
// Called as (undefined, requireLibrary, undefined, getBinding).
'use strict';

const requireLibrary = require;
const getBinding = binding;
const loaded = new Map();
const bindings = new Map();

function keptBinding(name) {
  if (!bindings.has(name)) bindings.set(name, getBinding(name));
  return bindings.get(name);
}

// The modules of lib/ and the npm packages beside them, each run once.
function requireInternal(name) {
  if (loaded.has(name)) return loaded.get(name).exports;
  const run = requireLibrary(name);
  if (run === undefined) throw new Error(`no built-in module ${name}`);
  const made = { exports: {}, id: name };
  loaded.set(name, made);
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
  run.call(made.exports, made.exports, (wanted) => requireFrom(folder, wanted), made, keptBinding);
  return made.exports;
}

// What a file of an npm package means by `require(wanted)`; files of lib/ name each other plainly.
function requireFrom(folder, wanted) {
  if (folder === '') return requireInternal(wanted);
  const { resolvePackaged } = requireInternal('internal_packages');
  const name = resolvePackaged(folder, wanted);
  return name === 'process' ? requireInternal('process').process : requireInternal(name);
}

// For whoever looks for them, as in Node.js 18.18 and later.
for (const name of ['dispose', 'asyncDispose']) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });

const { process } = requireInternal('process');
const timers = requireInternal('timers');
const ticks = requireInternal('internal_ticks');
const { queueMicrotask } = ticks;

// What C++ calls. Some of it belongs to modules that few programs need.
const later = (module, name) => (...values) => requireInternal(module)[name](...values);
keptBinding('task').setHooks({
  start: () => requireInternal('internal_main').start(),
  drainTicks: ticks.drainTicks,
  runTimers: timers.internals.runTimers,
  runImmediates: timers.internals.runImmediates,
  uncaught: later('process', 'handleUncaught'),
  rejection: ticks.noteRejection,
  beforeExit: later('process', 'emitBeforeExit'),
  exit: later('process', 'emitExit'),
  importDynamically: later('internal_esm', 'importDynamically'),
  importMeta: later('internal_esm', 'fillImportMeta'),
});

function define(name, value) {
  Object.defineProperty(globalThis, name,
                        { value, writable: true, configurable: true, enumerable: false });
}
// Made when the program first asks for it.
function defineLazily(name, make) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() { const value = make(); define(name, value); return value; },
    set(value) { define(name, value); },
  });
}

define('global', globalThis);
define('process', process);
define('queueMicrotask', queueMicrotask);
for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate',
                    'clearImmediate']) {
  define(name, timers[name]);
}
defineLazily('console', () => requireInternal('console').console);
defineLazily('Buffer', () => requireInternal('buffer').Buffer);
defineLazily('performance', () => requireInternal('perf_hooks').performance);
defineLazily('structuredClone', () => requireInternal('worker_threads').structuredClone);
defineLazily('DOMException', () => requireInternal('internal_errors').DOMException);
for (const name of ['AbortController', 'AbortSignal', 'Event', 'EventTarget'])
  defineLazily(name, () => requireInternal('internal_event_target')[name]);
for (const name of ['TextEncoder', 'TextDecoder'])
  defineLazily(name, () => requireInternal('internal_encoding')[name]);
for (const name of ['MessageChannel', 'MessagePort', 'BroadcastChannel'])
  defineLazily(name, () => requireInternal('worker_threads')[name]);
defineLazily('btoa', () => (text) => requireInternal('buffer').Buffer.from(String(text), 'latin1').toString('base64'));
defineLazily('atob', () => (text) => requireInternal('buffer').Buffer.from(String(text), 'base64').toString('latin1'));
for (const name of ['URL', 'URLSearchParams'])
  defineLazily(name, () => requireInternal('url')[name]);
for (const name of ['Headers', 'FormData', 'Blob', 'Request', 'Response', 'fetch']) defineLazily(name, () => requireInternal('internal_web')[name]);
for (const name of ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
                    'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream',
                    'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController',
                    'WritableStreamDefaultWriter', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream',
                    'TextDecoderStream', 'CompressionStream', 'DecompressionStream'])
  defineLazily(name, () => requireInternal('stream_web')[name]);

module = { requireInternal };
requireInternal.isBuiltin = (name) => requireInternal('internal_loader').isBuiltin(name);
loaded.set('internal_require', { exports: { requireInternal } });
