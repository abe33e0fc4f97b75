// Event, EventTarget, AbortController and AbortSignal.
'use strict';

class Event {
  constructor(type, { cancelable = false } = {}) {
    this.type = String(type);
    this.cancelable = cancelable;
    this.defaultPrevented = false;
    this.target = this.currentTarget = null;
    this.timeStamp = require('perf_hooks').performance.now();
  }
  preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
  stopImmediatePropagation() { this.isStopped = true; }
  stopPropagation() {}
}

class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return;
    const once = typeof options === 'object' && options?.once === true;
    const list = this.#listeners.get(type) ?? [];
    if (list.some((entry) => entry.listener === listener)) return;
    this.#listeners.set(type, [...list, { listener, once }]);
  }

  removeEventListener(type, listener) {
    const list = this.#listeners.get(type) ?? [];
    this.#listeners.set(type, list.filter((entry) => entry.listener !== listener));
  }

  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    const handler = this[`on${event.type}`];
    const list = [...this.#listeners.get(event.type) ?? []];
    if (typeof handler === 'function') list.unshift({ listener: handler });
    for (const { listener, once } of list) {
      if (event.isStopped) break;
      if (once) this.removeEventListener(event.type, listener);
      try {
        if (typeof listener === 'function') listener.call(this, event); else listener.handleEvent(event);
      } catch (error) {
        require('process').reportUncaught(error);
      }
    }
    return !event.defaultPrevented;
  }
}

function abortError(message = 'This operation was aborted') {
  const error = new Error(message);
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

const kMake = Symbol('make');

class AbortSignal extends EventTarget {
  constructor(key) {
    if (key !== kMake) throw new TypeError('Illegal constructor');
    super();
    this.aborted = false;
    this.reason = undefined;
    this.onabort = null;
  }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abort(reason) { const signal = new AbortSignal(kMake); abort(signal, reason); return signal; }
  static timeout(ms) {
    const signal = new AbortSignal(kMake);
    const error = abortError('The operation was aborted due to timeout');
    error.name = 'TimeoutError';
    setTimeout(() => abort(signal, error), ms).unref();
    return signal;
  }
}

function abort(signal, reason = abortError()) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  signal.dispatchEvent(new Event('abort'));
}

class AbortController {
  constructor() { this.signal = new AbortSignal(kMake); }
  abort(reason) { abort(this.signal, reason); }
}

module.exports = { Event, EventTarget, AbortController, AbortSignal };
