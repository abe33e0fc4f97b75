// Event, EventTarget, AbortController and AbortSignal.
'use strict';

const { DOMException, withCode, invalidType } = require('internal_errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kTrusted = Symbol('trusted');

class Event {
  #isStopped = false;
  #phase = 0;
  #isUnderWay = false;
  #type;
  #options;
  #isPrevented = false;
  #isBubbleCancelled = false;
  #target = null;
  #timeStamp = require('perf_hooks').performance.now();
  constructor(type, options = {}) {
    if (arguments.length === 0) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    this.#type = String(type);
    this.#options = options ?? {};
    Object.defineProperty(this, 'isTrusted', { value: options?.[kTrusted] === true });
  }
  get type() { return this.#type; }
  get bubbles() { return this.#options.bubbles === true; }
  get cancelable() { return this.#options.cancelable === true; }
  get composed() { return this.#options.composed === true; }
  get defaultPrevented() { return this.#isPrevented; }
  get timeStamp() { return this.#timeStamp; }
  // It stays behind the dispatch, as Node.js 18 has it.
  get currentTarget() { return this.#target; }
  get target() { return this.#target; }
  get cancelBubble() { return this.#isBubbleCancelled; }
  set cancelBubble(value) { if (value) this.#isBubbleCancelled = true; }
  get [Symbol.toStringTag]() { return 'Event'; }
  // AT_TARGET for the first listener, then none: as Node.js 18 has it.
  get eventPhase() { return this.#phase; }
  get srcElement() { return this.target; }
  get returnValue() { return !this.defaultPrevented; }
  composedPath() { return this.#isUnderWay ? [this.currentTarget] : []; }
  preventDefault() { if (this.cancelable) this.#isPrevented = true; }
  stopImmediatePropagation() { this.#isStopped = true; }
  stopPropagation() { this.#isBubbleCancelled = true; }
  static isStopped(event) { return event.#isStopped; }
  static isUnderWay(event) { return event.#isUnderWay; }
  static begin(event, target) { event.#target = target; event.#isStopped = false; event.#phase = 2; event.#isUnderWay = true; }
  static end(event) { event.#phase = 0; event.#isUnderWay = false; }
  static leaveTarget(event) { event.#phase = 0; }

  [custom](depth, options, inspect) {
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, options)}`;
  }
}
const { isStopped, isUnderWay, begin, end, leaveTarget } = Event;
delete Event.isStopped;
delete Event.isUnderWay;
delete Event.begin;
delete Event.end;
delete Event.leaveTarget;

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
    if (isUnderWay(event)) throw withCode(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    begin(event, this);
    for (const entry of this.#listeners.get(event.type) ?? []) {
      if (isStopped(event)) break;
      if (entry.once) this.removeEventListener(event.type, entry.listener, entry);
      callListener(this, entry.listener, event);
      leaveTarget(event);
    }
    end(event);
    return !event.defaultPrevented;
  }
}

// The property `onTYPE`: its function has the place among the listeners where there first was one.
function defineHandler(Class, type) {
  const handlers = new WeakMap();
  Object.defineProperty(Class.prototype, `on${type}`, {
    configurable: true,
    enumerable: true,
    get() { return handlers.get(this)?.function ?? null; },
    set(value) {
      const wanted = typeof value === 'function' ? value : null;
      const known = handlers.get(this);
      if (known !== undefined) { known.function = wanted; return; }
      if (wanted === null) return;
      const made = { function: wanted, handleEvent: (event) => made.function?.call(this, event) };
      handlers.set(this, made);
      this.addEventListener(type, made);
    },
  });
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
  #isAborted = false;
  #reason;
  constructor(key) {
    if (key !== kMake) throw withCode(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
  }
  get aborted() { return this.#isAborted; }
  get reason() { return this.#reason; }
  get [Symbol.toStringTag]() { return 'AbortSignal'; }
  static mark(signal, reason) { signal.#isAborted = true; signal.#reason = reason; }
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

const { mark } = AbortSignal;
delete AbortSignal.mark;
defineHandler(AbortSignal, 'abort');

function abort(signal, reason = new DOMException('This operation was aborted', 'AbortError')) {
  if (signal.aborted) return;
  mark(signal, reason);
  signal.dispatchEvent(new Event('abort', { [kTrusted]: true }));
}

class AbortController {
  #signal = new AbortSignal(kMake);
  get signal() { return this.#signal; }
  get [Symbol.toStringTag]() { return 'AbortController'; }
  abort(reason) { abort(this.#signal, reason); }
  [custom](depth, options, inspect) {
    return depth < 0 ? '[AbortController]' : `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}

module.exports = { Event, EventTarget, AbortController, AbortSignal, defineHandler, listenersOf: EventTarget.listenersOf };
