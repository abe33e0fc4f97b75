// The module `domain`: errors of emitters, timers and callbacks that began inside a domain go to it. What
// belongs to which domain travels with the async frames.
'use strict';

const EventEmitter = require('events');
const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
const active = () => storage.getStore();
const thrownIn = new WeakMap();
let isListening = false;

class Domain extends EventEmitter {
  members = [];

  run(fn, ...values) { return storage.run(this, () => this.#guard(fn, undefined, values)); }
  #guard(fn, self, values) {
    listen();
    try {
      return Reflect.apply(fn, self, values);
    } catch (error) {
      noteFailure(error);
      throw error;
    }
  }
  bind(fn) {
    const domain = this;
    return function(...values) { return storage.run(domain, () => domain.#guard(fn, this, values)); };
  }
  // As bind(), for callbacks whose first argument is an error.
  intercept(fn) {
    return this.bind((error, ...values) => error instanceof Error ? this.take(error, { domainBound: fn, domainThrown: false }) : fn(...values));
  }
  add(emitter) {
    if (this.members.includes(emitter)) return;
    emitter.domain?.remove(emitter);
    Object.defineProperty(emitter, 'domain', { value: this, writable: true, configurable: true });
    this.members.push(emitter);
    if (!(emitter instanceof EventEmitter)) return;
    // An error event that nobody else hears is the domain's.
    const { emit } = emitter;
    const domain = this;
    emitter.emit = function(name, ...values) {
      if (name === 'error' && this.listenerCount('error') === 0 && this.domain === domain)
        return domain.take(values[0], { domainEmitter: this, domainThrown: false });
      return storage.run(domain, () => Reflect.apply(emit, this, [name, ...values]));
    };
  }
  remove(emitter) {
    this.members = this.members.filter((member) => member !== emitter);
    emitter.domain = null;
    delete emitter.emit;
  }
  enter() { listen(); storage.enterWith(this); module.exports.active = this; }
  exit() { storage.enterWith(undefined); module.exports.active = undefined; }
  dispose() { this.members = []; }

  take(error, more) {
    if (typeof error === 'object' && error !== null) {
      for (const [name, value] of Object.entries({ domain: this, ...more })) Object.defineProperty(error, name, { value, configurable: true, writable: true });
    }
    return this.emit('error', error);
  }
}

function noteFailure(error) {
  const domain = active();
  if (domain !== undefined && typeof error === 'object' && error !== null && !thrownIn.has(error)) thrownIn.set(error, domain);
}

// What nobody has caught goes to the domain it happened in.
function listen() {
  if (isListening) return;
  isListening = true;
  require('internal_async').frames.failed = noteFailure;
  require('process').uncaught.take = (error) => {
    const isKnown = typeof error === 'object' && error !== null && thrownIn.has(error);
    const domain = isKnown ? thrownIn.get(error) : active();
    if (domain === undefined || domain.listenerCount('error') === 0) return false;
    domain.take(error, { domainThrown: true });
    return true;
  };
}

const create = () => new Domain();
module.exports = { Domain, create, createDomain: create, get active() { return active() ?? null; }, set active(value) {} };
