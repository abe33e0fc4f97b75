// Event, EventTarget, AbortController and AbortSignal.
'use strict';

const { DOMException, withCode, invalidType } = require('internal_errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kTrusted = Symbol('trusted');

class Event {
  #isStopped = false;
  constructor(type, options = {}) {
    if (arguments.length === 0) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    this.type = String(type);
    this.bubbles = options?.bubbles === true;
    this.cancelable = options?.cancelable === true;
    this.composed = options?.composed === true;
    this.defaultPrevented = this.cancelBubble = false;
    this.target = this.currentTarget = null;
    this.timeStamp = require('perf_hooks').performance.now();
    Object.defineProperty(this, 'isTrusted', { value: options?.[kTrusted] === true });
  }
  get eventPhase() { return 0; }
  get srcElement() { return this.target; }
  get returnValue() { return !this.defaultPrevented; }
  composedPath() { return this.currentTarget === null ? [] : [this.currentTarget]; }
  preventDefault() { if (this.cancelable) this.defaultPrevented = true; }
  stopImmediatePropagation() { this.#isStopped = true; }
  stopPropagation() { this.cancelBubble = true; }
  static isStopped(event) { return event.#isStopped; }
  static begin(event) { event.#isStopped = false; }

  [custom](depth, options, inspect) {
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, options)}`;
  }
}
const { isStopped, begin } = Event;
delete Event.isStopped;
delete Event.begin;

class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return;
    if (typeof listener !== 'function' && typeof listener !== 'object') throw invalidType('listener', 'an instance of EventListener', listener);
    const { once = false, capture = false, signal } = typeof options === 'object' && options !== null ? options : { capture: options === true };
    if (signal?.aborted) return;
    const list = this.#listeners.get(type) ?? [];
    if (list.some((entry) => entry.listener === listener && entry.capture === capture)) return;
    this.#listeners.set(type, [...list, { listener, once, capture }]);
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, { capture }), { once: true });
  }

  static listenersOf(target, type) { return (target.#listeners.get(type) ?? []).map((entry) => entry.listener); }

  get [Symbol.toStringTag]() { return 'EventTarget'; }
  [custom](depth) { return depth < 0 ? `[${this.constructor.name}]` : `${this.constructor.name} {}`; }

  removeEventListener(type, listener, options) {
    const capture = options === true || options?.capture === true;
    const list = this.#listeners.get(type) ?? [];
    this.#listeners.set(type, list.filter((entry) => entry.listener !== listener || entry.capture !== capture));
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw invalidType('event', 'an instance of Event', event);
    if (event.currentTarget !== null) throw withCode(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    event.target = event.currentTarget = this;
    begin(event);
    const handler = this[`on${event.type}`];
    const list = [...this.#listeners.get(event.type) ?? []];
    if (typeof handler === 'function') list.unshift({ listener: handler });
    for (const entry of list) {
      if (isStopped(event)) break;
      if (entry.once) this.removeEventListener(event.type, entry.listener, entry);
      callListener(this, entry.listener, event);
    }
    event.currentTarget = null;
    return !event.defaultPrevented;
  }
}

function callListener(target, listener, event) {
  try {
    if (typeof listener === 'function') listener.call(target, event); else listener.handleEvent(event);
  } catch (error) {
    process.nextTick(() => { throw error; });
  }
}

const kMake = Symbol('make');

class AbortSignal extends EventTarget {
  constructor(key) {
    if (key !== kMake) throw withCode(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
    this.aborted = false;
    this.reason = undefined;
    this.onabort = null;
  }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  static abort(reason) { const signal = new AbortSignal(kMake); abort(signal, reason); return signal; }
  static timeout(ms) {
    if (typeof ms !== 'number') throw invalidType('delay', 'number', ms);
    const signal = new AbortSignal(kMake);
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimeout(() => abort(signal, error), ms).unref();
    return signal;
  }
  // As soon as one of them is.
  static any(signals) {
    const signal = new AbortSignal(kMake);
    for (const each of signals) {
      if (each.aborted) { abort(signal, each.reason); break; }
      each.addEventListener('abort', () => abort(signal, each.reason), { once: true });
    }
    return signal;
  }
  [custom](depth, options, inspect) {
    return depth < 0 ? '[AbortSignal]' : `AbortSignal ${inspect({ aborted: this.aborted }, options)}`;
  }
}

function abort(signal, reason = new DOMException('This operation was aborted', 'AbortError')) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  signal.dispatchEvent(new Event('abort', { [kTrusted]: true }));
}

class AbortController {
  #signal = new AbortSignal(kMake);
  get signal() { return this.#signal; }
  abort(reason) { abort(this.#signal, reason); }
  [custom](depth, options, inspect) {
    return depth < 0 ? '[AbortController]' : `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}

module.exports = { Event, EventTarget, AbortController, AbortSignal, listenersOf: EventTarget.listenersOf };
