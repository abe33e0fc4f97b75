// EventEmitter.
'use strict';

class EventEmitter {
  static defaultMaxListeners = 10;
  static errorMonitor = Symbol('events.errorMonitor');

  static once(emitter, name, { signal } = {}) {
    return new Promise((resolve, reject) => {
      const onEvent = (...values) => { emitter.removeListener('error', onError); resolve(values); };
      const onError = (error) => { emitter.removeListener(name, onEvent); reject(error); };
      emitter.once(name, onEvent);
      if (name !== 'error') emitter.once('error', onError);
      signal?.addEventListener('abort', () => {
        emitter.removeListener(name, onEvent);
        emitter.removeListener('error', onError);
        reject(signal.reason);
      }, { once: true });
    });
  }

  static async *on(emitter, name) {
    const values = [];
    let wake = () => {};
    let failure;
    const onEvent = (...value) => { values.push(value); wake(); };
    const onError = (error) => { failure = error; wake(); };
    emitter.on(name, onEvent);
    emitter.on('error', onError);
    try {
      for (;;) {
        if (values.length > 0) yield values.shift();
        else if (failure !== undefined) throw failure;
        else await new Promise((resolve) => { wake = resolve; });
      }
    } finally {
      emitter.removeListener(name, onEvent);
      emitter.removeListener('error', onError);
    }
  }

  static listenerCount(emitter, name) { return emitter.listenerCount(name); }

  setMaxListeners(count) { this._maxListeners = count; return this; }
  getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; }

  on(name, listener) { return add(this, name, listener, false); }
  prependListener(name, listener) { return add(this, name, listener, true); }
  once(name, listener) { return this.on(name, wrapOnce(this, name, listener)); }
  prependOnceListener(name, listener) {
    return this.prependListener(name, wrapOnce(this, name, listener));
  }

  removeListener(name, listener) {
    const listeners = this._events?.[name];
    if (listeners === undefined) return this;
    for (let i = listeners.length - 1; i >= 0; i--) {
      if (listeners[i] !== listener && listeners[i].listener !== listener) continue;
      // A copy: an emit that is under way goes through the old list.
      const rest = listeners.slice(0, i).concat(listeners.slice(i + 1));
      if (rest.length === 0) delete this._events[name]; else this._events[name] = rest;
      if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
      break;
    }
    return this;
  }

  removeAllListeners(name) {
    if (this._events === undefined) return this;
    if (name === undefined) this._events = Object.create(null); else delete this._events[name];
    return this;
  }

  emit(name, ...values) {
    const listeners = this._events?.[name];
    if (name === 'error') {
      this._events?.[EventEmitter.errorMonitor]?.forEach((each) => each.apply(this, values));
      if (listeners === undefined) throw unhandledError(values[0]);
    }
    if (listeners === undefined) return false;
    for (const listener of listeners) listener.apply(this, values);
    return true;
  }

  listeners(name) { return (this._events?.[name] ?? []).map((each) => each.listener ?? each); }
  rawListeners(name) { return [...(this._events?.[name] ?? [])]; }
  listenerCount(name) { return this._events?.[name]?.length ?? 0; }
  eventNames() { return this._events === undefined ? [] : Reflect.ownKeys(this._events); }
}

function unhandledError(error) {
  if (error instanceof Error) return error;
  const { inspect } = require('internal_inspect');
  const made = new Error(`Unhandled error. (${inspect(error)})`);
  made.code = 'ERR_UNHANDLED_ERROR';
  made.context = error;
  return made;
}

function add(emitter, name, listener, first) {
  if (typeof listener !== 'function') {
    throw require('internal_ticks').invalidType('listener', 'function', listener);
  }
  emitter._events ??= Object.create(null);
  if (emitter._events.newListener !== undefined)
    emitter.emit('newListener', name, listener.listener ?? listener);
  const listeners = emitter._events[name] ?? [];
  emitter._events[name] = first ? [listener, ...listeners] : [...listeners, listener];
  return emitter;
}

function wrapOnce(emitter, name, listener) {
  if (typeof listener !== 'function') {
    throw require('internal_ticks').invalidType('listener', 'function', listener);
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
const Callable = function(options) { if (new.target) return Reflect.construct(EventEmitter, [options], new.target); };
Object.setPrototypeOf(Callable, EventEmitter);
Callable.prototype = EventEmitter.prototype;
EventEmitter.prototype.constructor = Callable;
Callable.EventEmitter = Callable;
module.exports = Callable;
