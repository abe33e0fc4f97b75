// createHook() and the numbers of async resources. The resource that a callback belongs to stands in its frame,
// beside the values of AsyncLocalStorage. Hooks hear of timers, immediates, ticks, promises, file operations and
// AsyncResources.
'use strict';

const { frames, use, getFrame, setFrame } = require('internal_async');
const { setPromiseHooks } = binding('async');
const { invalidType } = require('internal_errors');

const kResource = Symbol('resource');
const kMain = { id: 1, trigger: 0, resource: {} };
const kNone = { id: 0, trigger: 0, resource: {} };
const enabled = new Set();
let lastId = 1;
let isMainOver = false;
process.nextTick(() => { isMainOver = true; });

const running = () => getFrame()?.get(kResource) ?? (isMainOver ? kNone : kMain);
const executionAsyncId = () => running().id;
const triggerAsyncId = () => running().trigger;
const executionAsyncResource = () => running().resource;

function tell(event, ...values) {
  for (const { callbacks } of enabled) callbacks[event]?.(...values);
}

function register(type, resource, trigger = executionAsyncId()) {
  const record = { id: ++lastId, trigger, resource };
  tell('init', record.id, type, trigger, resource);
  return record;
}

const frameWith = (record) => new Map(getFrame()).set(kResource, record);
const idOf = (frame) => frame?.get(kResource)?.id;

const looking = {
  init: (type, resource) => frameWith(register(type, resource)),
  before(frame) { const id = idOf(frame); if (id !== undefined) tell('before', id); },
  after(frame) { const id = idOf(frame); if (id !== undefined) tell('after', id); },
};

// A file operation belongs to its request.
function watchFiles() {
  const native = binding('fs');
  for (const [name, run] of Object.entries(native)) {
    if (typeof run !== 'function' || name === 'FSEvent') continue;
    native[name] = (...values) => {
      const request = values.at(-1);
      if (enabled.size === 0 || typeof request?.oncomplete !== 'function') return run(...values);
      const before = getFrame();
      const frame = looking.init('FSREQCALLBACK', request);
      values[values.length - 1] = { oncomplete(...results) {
        looking.before(frame);
        request.oncomplete(...results);
        looking.after(frame);
      } };
      setFrame(frame);
      try {
        return run(...values);
      } finally {
        setFrame(before);
      }
    };
  }
}

const ofPromises = new WeakMap();
let outside;  // the frame around a promise's callback

function watchPromises() {
  setPromiseHooks(
    (promise, parent) => ofPromises.set(promise, register('PROMISE', promise, ofPromises.get(parent)?.id)),
    (promise) => {
      const record = ofPromises.get(promise);
      if (record === undefined) return;
      outside = getFrame();
      setFrame(frameWith(record));
      tell('before', record.id);
    },
    (promise) => {
      const record = ofPromises.get(promise);
      if (record === undefined) return;
      tell('after', record.id);
      setFrame(outside);
    },
    (promise) => { const record = ofPromises.get(promise); if (record !== undefined) tell('promiseResolve', record.id); });
}

let isWatching = false;
let areFilesWatched = false;

class AsyncHook {
  constructor(callbacks) {
    for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
      const callback = callbacks[name];
      if (callback !== undefined && typeof callback !== 'function')
        throw Object.assign(new TypeError(`hook.${name} must be a function`), { code: 'ERR_ASYNC_CALLBACK' });
    }
    Object.defineProperty(this, 'callbacks', { value: callbacks });
  }
  enable() {
    enabled.add(this);
    frames.hooks = looking;
    use();
    if (!areFilesWatched) watchFiles();
    if (!isWatching) watchPromises();
    areFilesWatched = isWatching = true;
    return this;
  }
  disable() {
    enabled.delete(this);
    if (enabled.size > 0) return this;
    frames.hooks = null;
    setPromiseHooks();
    isWatching = false;
    return this;
  }
}

function createHook(callbacks) {
  if (typeof callbacks !== 'object' || callbacks === null) throw invalidType('callbacks', 'object', callbacks);
  return new AsyncHook(callbacks);
}

module.exports = { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, register, frameWith, tell };
