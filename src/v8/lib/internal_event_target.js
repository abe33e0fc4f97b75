// Event, EventTarget, AbortController and AbortSignal.
'use strict';

const { DOMException } = require('internal_errors');

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

  static listenersOf(target, type) { return (target.#listeners.get(type) ?? []).map((entry) => entry.listener); }

  get [Symbol.toStringTag]() { return 'EventTarget'; }

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
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => abort(signal, error), ms).unref();
    return signal;
  }
}

function abort(signal, reason = new DOMException('This operation was aborted', 'AbortError')) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  signal.dispatchEvent(new Event('abort'));
}

const custom = Symbol.for('nodejs.util.inspect.custom');
AbortSignal.prototype[custom] = function(depth, options, inspect) {
  return depth < 0 ? '[AbortSignal]' : `AbortSignal ${inspect({ aborted: this.aborted }, options)}`;
};

class AbortController {
  #signal = new AbortSignal(kMake);
  get signal() { return this.#signal; }
  abort(reason) { abort(this.#signal, reason); }
  [custom](depth, options, inspect) {
    return depth < 0 ? '[AbortController]' : `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}

module.exports = { Event, EventTarget, AbortController, AbortSignal, listenersOf: EventTarget.listenersOf };
