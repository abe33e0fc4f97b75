// The module `vm`: scripts of the global scope, and scripts in realms of their own.
//
// A realm's global object has the program's object behind it, as its prototype: what the realm does not
// have itself is looked for there, and what it sets for the first time goes there. Variables are announced
// before a script runs, so that they go there too; functions are copied afterwards.
'use strict';

const { compileFunction: compileNative, runScript, makeRealm } = binding('module');
const { invalidType } = require('internal_errors');

const realms = new WeakMap();      // by the program's object
const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

class Realm {
  constructor(object) {
    this.object = object;
    this.global = makeRealm();
    delete this.global.console;
    this.isOwn = new Set(Reflect.ownKeys(this.global));
    const inherited = Object.getPrototypeOf(this.global);
    const has = (key) => Reflect.has(object, key);
    Object.setPrototypeOf(this.global, new Proxy(Object.create(null), {
      has: (_, key) => has(key) || Reflect.has(inherited, key),
      get: (_, key) => has(key) ? object[key] : inherited[key],
      set: (_, key, value) => Reflect.set(object, key, value),
      deleteProperty: (_, key) => Reflect.deleteProperty(object, key),
    }));
  }

  // The property of the realm's that is one of the object.
  lead(key) {
    const { object } = this;
    Object.defineProperty(this.global, key, { configurable: true, enumerable: true, get: () => object[key],
                                              set: (value) => { object[key] = value; } });
  }

  run(code, file) {
    const { object, global, isOwn } = this;
    const isHere = (key) => Object.hasOwn(global, key);
    const announced = [...code.matchAll(/\bvar\s+([\w$]+)/g)].map(([, name]) => name).filter((name) => !isHere(name));
    for (const key of announced) this.lead(key);
    for (const key of Reflect.ownKeys(object)) {
      if (isOwn.has(key)) this.lead(key);
      else if (isHere(key) && Object.getOwnPropertyDescriptor(global, key).writable) global[key] = object[key];
    }
    try {
      return runScript(code, file, global);
    } finally {
      for (const key of announced) if (!Object.hasOwn(object, key)) delete global[key];
      for (const key of Reflect.ownKeys(global)) {
        if (!isOwn.has(key) && Object.getOwnPropertyDescriptor(global, key).writable) object[key] = global[key];
      }
    }
  }
}

function createContext(object = {}) {
  if (!isObject(object)) throw invalidType('contextObject', 'object', object);
  if (!realms.has(object)) realms.set(object, new Realm(object));
  return object;
}

function isContext(object) {
  if (!isObject(object)) throw invalidType('object', 'object', object);
  return realms.has(object);
}

const fileOf = (options) => (typeof options === 'string' ? options : options?.filename) ?? 'evalmachine.<anonymous>';

class Script {
  #code;
  #file;
  constructor(code, options) {
    this.#code = `${code}`;
    this.#file = fileOf(options);
    this.sourceMapURL = undefined;
    compileNative(`${this.#code}\n`, this.#file);      // throws where it is no program
  }
  runInThisContext() { return runScript(this.#code, this.#file); }
  runInContext(object) {
    if (!isObject(object) || !realms.has(object)) throw invalidType('contextifiedObject', 'an instance of vm.Context', object);
    return realms.get(object).run(this.#code, this.#file);
  }
  runInNewContext(object) { return this.runInContext(createContext(object)); }
}

const runInThisContext = (code, options) => new Script(code, options).runInThisContext();
const runInContext = (code, object, options) => new Script(code, options).runInContext(object);
const runInNewContext = (code, object, options) => new Script(code, options).runInNewContext(object);

function compileFunction(code, parameters = [], options = {}) {
  if (typeof code !== 'string') throw invalidType('code', 'string', code);
  if (options.parsingContext === undefined) return compileNative(code, options.filename ?? '', ...parameters);
  return runInContext(`(function (${parameters.join()}) {${code}\n})`, options.parsingContext, options);
}

module.exports = { Script, createContext, createScript: (code, options) => new Script(code, options), runInContext, runInNewContext,
                   runInThisContext, isContext, compileFunction };
