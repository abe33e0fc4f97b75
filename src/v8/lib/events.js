// EventEmitter.
'use strict';

const kCapture = Symbol('kCapture');
const kRejection = Symbol.for('nodejs.rejection');
const { inspect } = require('internal_inspect');
const { invalidType, outOfRange, withCode, abortError } = require('internal_errors');

const none = Object.freeze([]);
// One listener is kept as itself, several as a list that is never changed: an emit that is under way goes
// through the old one.
function listOf(emitter, name) {
  const found = emitter._events?.[name];
  return found === undefined ? none : typeof found === 'function' ? [found] : found;
}
function setList(emitter, name, list) {
  if (list.length === 0) { delete emitter._events[name]; emitter._eventsCount--; }
  else emitter._events[name] = list.length === 1 ? list[0] : list;
}

class EventEmitter {
  static defaultMaxListeners = 10;
  static captureRejectionSymbol = kRejection;
  static captureRejections = false;
  static errorMonitor = Symbol('events.errorMonitor');

  static once(emitter, name, { signal } = {}) {
    if (signal?.aborted) return Promise.reject(abortError(signal.reason));
    if (typeof emitter.addEventListener === 'function' && typeof emitter.on !== 'function') {
      return new Promise((resolve) => emitter.addEventListener(name, (...values) => resolve(values), { once: true }));
    }
    return new Promise((resolve, reject) => {
      const onEvent = (...values) => { emitter.removeListener('error', onError); resolve(values); };
      const onError = (error) => { emitter.removeListener(name, onEvent); reject(error); };
      emitter.once(name, onEvent);
      if (name !== 'error') emitter.once('error', onError);
      signal?.addEventListener('abort', () => {
        emitter.removeListener(name, onEvent);
        emitter.removeListener('error', onError);
        reject(abortError(signal.reason));
      }, { once: true });
    });
  }

  // What is emitted before somebody asks for it waits.
  static on(emitter, name, { signal } = {}) {
    if (signal?.aborted) throw abortError(signal.reason);
    const values = [], waiting = [];
    let failure, isOver = false;
    const tell = ({ resolve, reject }) => {
      if (values.length > 0) resolve({ value: values.shift(), done: false });
      else if (failure !== undefined) { reject(failure); failure = undefined; stop(); }
      else resolve({ value: undefined, done: true });
    };
    const onEvent = (...value) => { values.push(value); if (waiting.length > 0) tell(waiting.shift()); };
    const onError = (error) => { failure = error; if (waiting.length > 0) tell(waiting.shift()); };
    const stop = () => {
      isOver = true;
      emitter.removeListener(name, onEvent);
      emitter.removeListener('error', onError);
      for (const one of waiting.splice(0)) tell(one);
    };
    emitter.on(name, onEvent);
    if (name !== 'error') emitter.on('error', onError);
    signal?.addEventListener('abort', () => onError(abortError(signal.reason)), { once: true });
    return {
      next: () => new Promise((resolve, reject) => {
        if (values.length > 0 || failure !== undefined || isOver) tell({ resolve, reject });
        else waiting.push({ resolve, reject });
      }),
      return() { stop(); return Promise.resolve({ value: undefined, done: true }); },
      throw(error) { onError(error); return Promise.resolve(); },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  static listenerCount(emitter, name) { return emitter.listenerCount(name); }
  static getEventListeners(emitter, name) {
    return typeof emitter.listeners === 'function' ? emitter.listeners(name) : require('internal_event_target').listenersOf(emitter, name);
  }
  static getMaxListeners(emitter) { return emitter.getMaxListeners?.() ?? EventEmitter.defaultMaxListeners; }
  static setMaxListeners(count = EventEmitter.defaultMaxListeners, ...emitters) {
    for (const emitter of emitters) emitter.setMaxListeners?.(count);
    if (emitters.length === 0) EventEmitter.defaultMaxListeners = count;
  }
  static addAbortListener(signal, listener) {
    if (signal.aborted) queueMicrotask(listener); else signal.addEventListener('abort', listener, { once: true });
    return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
  }

  setMaxListeners(count) {
    if (typeof count !== 'number' || !(count >= 0)) throw outOfRange('n', 'a non-negative number', count);
    this._maxListeners = count;
    return this;
  }
  getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; }

  on(name, listener) { return add(this, name, listener, false); }
  prependListener(name, listener) { return add(this, name, listener, true); }
  once(name, listener) { return this.on(name, wrapOnce(this, name, listener)); }
  prependOnceListener(name, listener) {
    return this.prependListener(name, wrapOnce(this, name, listener));
  }

  removeListener(name, listener) {
    const listeners = listOf(this, name);
    for (let i = listeners.length - 1; i >= 0; i--) {
      if (listeners[i] !== listener && listeners[i].listener !== listener) continue;
      setList(this, name, listeners.slice(0, i).concat(listeners.slice(i + 1)));
      if (listeners.length <= 2) warned.get(this)?.delete(name);
      if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
      break;
    }
    return this;
  }

  removeAllListeners(name) {
    if (this._events === undefined) return this;
    if (this._events.removeListener !== undefined && name !== 'removeListener') {
      // Each is told of, the latest first.
      for (const one of name === undefined ? Reflect.ownKeys(this._events) : [name]) {
        if (one === 'removeListener') continue;
        for (const listener of [...listOf(this, one)].reverse()) this.removeListener(one, listener);
      }
    }
    if (name === undefined) { this._events = Object.create(null); this._eventsCount = 0; }
    else if (this._events[name] !== undefined) setList(this, name, none);
    return this;
  }

  emit(name, ...values) {
    const listeners = this._events?.[name];
    if (name === 'error') {
      for (const each of listOf(this, EventEmitter.errorMonitor)) each.apply(this, values);
      if (listeners === undefined) throw unhandledError(this, values[0]);
    }
    if (listeners === undefined) return false;
    if (this[kCapture] === true) emitWatching(this, name, listOf(this, name), values);
    else if (typeof listeners === 'function') listeners.apply(this, values);
    else for (const listener of listeners) listener.apply(this, values);
    return true;
  }

  listeners(name) { return listOf(this, name).map((each) => each.listener ?? each); }
  rawListeners(name) { return [...listOf(this, name)]; }
  listenerCount(name) { return listOf(this, name).length; }
  eventNames() { return this._events === undefined ? [] : Reflect.ownKeys(this._events); }
}

function unhandledError(emitter, error) {
  if (error instanceof Error) {
    const { name } = emitter.constructor;
    const where = {};
    Error.captureStackTrace(where, EventEmitter.prototype.emit);
    const own = String(error.stack).split('\n');
    const lines = where.stack.split('\n').slice(1).filter((line) => !own.includes(line));
    const told = `Emitted 'error' event${name === 'EventEmitter' ? '' : ` on ${name} instance`} at:\n${lines.join('\n')}`;
    require('process').unhandledEvents.set(error, told);
    return error;
  }
  const made = withCode(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`);
  made.context = error;
  return made;
}

// With `captureRejections` a listener's promise that is rejected becomes an 'error' event.
function emitWatching(emitter, name, listeners, values) {
  for (const listener of listeners) {
    const result = listener.apply(emitter, values);
    if (typeof result?.then !== 'function') continue;
    result.then(undefined, (error) => process.nextTick(() => {
      if (typeof emitter[kRejection] === 'function') emitter[kRejection](error, name, ...values);
      else { emitter[kCapture] = false; try { emitter.emit('error', error); } finally { emitter[kCapture] = true; } }
    }));
  }
}

const warned = new WeakMap();  // by emitter, the names that were warned of

// One line of warning when an event has more listeners than is likely to be meant.
function warnOfMany(emitter, name, count) {
  const most = emitter.getMaxListeners();
  if (most === 0 || count <= most || warned.get(emitter)?.has(name)) return;
  warned.set(emitter, (warned.get(emitter) ?? new Set()).add(name));
  const warning = new Error(`Possible EventEmitter memory leak detected. ${count} ${String(name)} listeners added to ` +
                            `${inspect(emitter, { depth: -1 })}. Use emitter.setMaxListeners() to increase limit`);
  process.emitWarning(Object.assign(warning, { name: 'MaxListenersExceededWarning', emitter, type: name, count }));
}

function add(emitter, name, listener, first) {
  if (typeof listener !== 'function') {
    throw invalidType('listener', 'function', listener);
  }
  if (emitter._events === undefined || emitter._events === Object.getPrototypeOf(emitter)._events) {
    emitter._events = Object.create(null);
    emitter._eventsCount = 0;
  }
  if (emitter._events.newListener !== undefined)
    emitter.emit('newListener', name, listener.listener ?? listener);
  const listeners = listOf(emitter, name);
  if (listeners.length === 0) emitter._eventsCount++;
  setList(emitter, name, first ? [listener, ...listeners] : [...listeners, listener]);
  if (listeners.length > 0) warnOfMany(emitter, name, listeners.length + 1);
  return emitter;
}

function wrapOnce(emitter, name, listener) {
  if (typeof listener !== 'function') {
    throw invalidType('listener', 'function', listener);
  }
  const wrapped = function(...values) {
    emitter.removeListener(name, wrapped);
    return listener.apply(emitter, values);
  };
  wrapped.listener = listener;
  return wrapped;
}

EventEmitter.prototype.addListener = EventEmitter.prototype.on;
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

// Old code calls the constructor without `new`, through util.inherits().
const Callable = function(options) {
  if (!new.target && !(this instanceof EventEmitter)) return undefined;
  // A stream that becomes one late has listeners already.
  if (!Object.hasOwn(this, '_events')) {
    this._events = Object.create(null);
    this._eventsCount = 0;
  }
  this._maxListeners = undefined;
  this[kCapture] = options?.captureRejections ?? Callable.captureRejections;
  return undefined;
};
Object.setPrototypeOf(Callable, EventEmitter);
Callable.prototype = EventEmitter.prototype;
EventEmitter.prototype.constructor = Callable;
Object.defineProperty(Callable, 'name', { value: 'EventEmitter' });
for (const name of ['once', 'on', 'listenerCount', 'getEventListeners', 'getMaxListeners', 'setMaxListeners', 'addAbortListener',
                    'errorMonitor', 'captureRejectionSymbol', 'captureRejections']) {
  Callable[name] = EventEmitter[name];
}
Object.defineProperty(Callable, 'defaultMaxListeners', { enumerable: true, configurable: true, get: () => EventEmitter.defaultMaxListeners,
  set(count) {
    if (typeof count !== 'number' || !(count >= 0)) throw outOfRange('defaultMaxListeners', 'a non-negative number', count);
    EventEmitter.defaultMaxListeners = count;
  } });
Object.defineProperty(Callable, 'EventEmitterAsyncResource', { enumerable: true, configurable: true, get: emitterWithResource });
Callable.usingDomains = false;
Callable.EventEmitter = Callable;

// An emitter whose listeners run in the frame that it was made in; made when it is asked for.
function emitterWithResource() {
  const { AsyncResource } = require('async_hooks');
  class EventEmitterAsyncResource extends Callable {
    constructor(options = {}) {
      super(options);
      this.asyncResource = new AsyncResource(options?.name ?? new.target.name);
    }
    emit(...values) { return this.asyncResource.runInAsyncScope(super.emit, this, ...values); }
    get asyncId() { return this.asyncResource.asyncId(); }
    get triggerAsyncId() { return this.asyncResource.triggerAsyncId(); }
    emitDestroy() { this.asyncResource.emitDestroy(); }
  }
  Object.defineProperty(Callable, 'EventEmitterAsyncResource', { value: EventEmitterAsyncResource, enumerable: true });
  return EventEmitterAsyncResource;
}
module.exports = Callable;
