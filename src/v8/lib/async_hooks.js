// The module `async_hooks`: AsyncLocalStorage and AsyncResource. A frame is a map from storages to values
// that is never changed: who sets a value makes another one.
'use strict';

const { use, callInFrame, getFrame, setFrame } = require('internal_async');
const { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, register, frameWith, tell } = require('internal_async_hooks');

use();

class AsyncLocalStorage {
  constructor() { this.isEnabled = false; }

  withStore(store) {
    this.isEnabled = true;
    return new Map(getFrame()).set(this, store);
  }

  run(store, callback, ...values) { return callInFrame(this.withStore(store), null, callback, values); }
  exit(callback, ...values) { return this.run(undefined, callback, ...values); }
  enterWith(store) { setFrame(this.withStore(store)); }
  getStore() { return this.isEnabled ? getFrame()?.get(this) : undefined; }
  disable() { this.isEnabled = false; }

  static bind(callback) { return AsyncResource.bind(callback); }
  static snapshot() {
    const frame = getFrame();
    return (callback, ...values) => callInFrame(frame, null, callback, values);
  }
}

class AsyncResource {
  #record;
  #frame;
  constructor(type, options) {
    if (typeof type !== 'string') throw require('internal_ticks').invalidType('type', 'string', type);
    this.#record = register(type, this, typeof options === 'number' ? options : options?.triggerAsyncId);
    this.#frame = frameWith(this.#record);
  }

  runInAsyncScope(callback, receiver, ...values) { return callInFrame(this.#frame, receiver, callback, values); }
  bind(callback) {
    const resource = this;
    return function(...values) { return resource.runInAsyncScope(callback, this, ...values); };
  }
  static bind(callback, type) { return new AsyncResource(type ?? callback.name ?? 'bound').bind(callback); }
  emitDestroy() { tell('destroy', this.#record.id); return this; }
  asyncId() { return this.#record.id; }
  triggerAsyncId() { return this.#record.trigger; }
}

module.exports = { AsyncLocalStorage, createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, AsyncResource };
