// The mocks of `node:test`: functions and methods that note how they are called.
'use strict';

class MockFunctionContext {
  #calls = [];
  #implementation;
  #once = new Map();
  #restore;
  constructor(implementation, restore) {
    this.#implementation = implementation;
    this.#restore = restore;
  }
  get calls() { return [...this.#calls]; }
  callCount() { return this.#calls.length; }
  mockImplementation(implementation) { this.#implementation = implementation; }
  mockImplementationOnce(implementation, at = this.#calls.length) { this.#once.set(at, implementation); }
  resetCalls() { this.#calls = []; }
  restore() { this.#restore?.(); }

  static call(context, self, values, target) {
    const at = context.#calls.length;
    const implementation = context.#once.get(at) ?? context.#implementation;
    context.#once.delete(at);
    const call = { arguments: values, error: undefined, result: undefined, stack: new Error(), target, this: self };
    try {
      call.result = target === undefined ? Reflect.apply(implementation, self, values) : Reflect.construct(implementation, values, target);
      if (target !== undefined) call.this = call.result;
      return call.result;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      context.#calls.push(call);
    }
  }
}
const { call } = MockFunctionContext;
delete MockFunctionContext.call;

class MockTracker {
  #mocks = [];

  fn(original = () => {}, implementation = original, options = {}) {
    if (implementation !== null && typeof implementation === 'object') [implementation, options] = [original, implementation];
    const made = this.#make(original, implementation, options, () => made.mock.mockImplementation(original));
    return made;
  }

  #make(original, implementation, { times = Infinity }, restore) {
    const context = new MockFunctionContext(implementation, restore);
    this.#mocks.push(context);
    const made = new Proxy(original, {
      apply(_, self, values) {
        const result = call(context, self, values);
        if (context.callCount() === times) context.restore();
        return result;
      },
      construct: (_, values, target) => call(context, undefined, values, target),
      get: (target, key, self) => key === 'mock' ? context : Reflect.get(target, key, self === made ? target : self),
    });
    return made;
  }

  method(object, name, implementation, options = {}) {
    if (implementation !== null && typeof implementation === 'object') [implementation, options] = [undefined, implementation];
    let owner = object;
    while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
    const descriptor = owner === null ? undefined : Object.getOwnPropertyDescriptor(owner, name);
    const kind = options.getter ? 'get' : options.setter ? 'set' : 'value';
    const original = descriptor?.[kind];
    if (typeof original !== 'function') throw require('internal_errors').invalidValue('methodName', original, 'must be a method');
    const isOwn = owner === object;
    const restore = () => { if (isOwn) Object.defineProperty(object, name, descriptor); else delete object[name]; };
    const made = this.#make(original, implementation ?? original, options, restore);
    Object.defineProperty(object, name, { ...descriptor, configurable: true, [kind]: made });
    return made;
  }
  getter(object, name, implementation, options) { return this.method(object, name, implementation, { ...options, getter: true }); }
  setter(object, name, implementation, options) { return this.method(object, name, implementation, { ...options, setter: true }); }

  restoreAll() { for (const mock of this.#mocks) mock.restore(); }
  reset() { this.restoreAll(); this.#mocks = []; }
}

module.exports = { MockTracker };
