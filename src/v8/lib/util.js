// The module `util`.
'use strict';

const { inspect } = require('internal_inspect');
const { invalidType, withCode, received } = require('internal_errors');
const { isOf } = require('internal_realms');
const { proxyParts } = binding('task');
const { format, formatWithOptions } = require('internal_format');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisify(original) {
  if (typeof original !== 'function') {
    throw invalidType('original', 'function', original);
  }
  if (original[kCustomPromisify]) return original[kCustomPromisify];
  const promised = function(...values) {
    return new Promise((resolve, reject) => {
      original.call(this, ...values, (error, value) => error ? reject(error) : resolve(value));
    });
  };
  Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = kCustomPromisify;

function callbackify(original) {
  if (typeof original !== 'function') throw invalidType('original', 'function', original);
  const called = function(...values) {
    const callback = values.pop();
    if (typeof callback !== 'function') {
      throw withCode(TypeError, 'ERR_INVALID_ARG_TYPE', `The last argument must be of type function. Received ${received(callback)}`);
    }
    original.apply(this, values).then(
      (value) => process.nextTick(callback, null, value),
      (error) => process.nextTick(callback, error || Object.assign(withCode(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason: error })));
  };
  return Object.defineProperty(called, 'name', { value: `${original.name}Callbackified`, configurable: true });
}

function inherits(child, parent) {
  if (typeof child !== 'function') throw invalidType('ctor', 'function', child);
  if (typeof parent !== 'function') throw invalidType('superCtor', 'function', parent);
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

function deprecate(original, message, code) {
  let isTold = false;
  return function(...values) {
    if (!isTold) process.emitWarning(message, 'DeprecationWarning', code);
    isTold = true;
    return new.target ? Reflect.construct(original, values, new.target) : Reflect.apply(original, this, values);
  };
}

const isTagged = (tag) => (value) => Object.prototype.toString.call(value) === `[object ${tag}]`;
const types = {
  isPromise: (value) => isOf(value, Promise),
  isRegExp: (value) => isOf(value, RegExp),
  isDate: (value) => isOf(value, Date),
  isMap: (value) => isOf(value, Map),
  isSet: (value) => isOf(value, Set),
  isNativeError: (value) => isOf(value, Error),
  isArrayBuffer: (value) => value instanceof ArrayBuffer,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: isTagged('AsyncFunction'),
  isGeneratorFunction: (value) => /GeneratorFunction/.test(Object.prototype.toString.call(value)),
  isGeneratorObject: isTagged('Generator'), isProxy: (value) => proxyParts(value) !== undefined,
  isSharedArrayBuffer: isTagged('SharedArrayBuffer'), isAnyArrayBuffer: (value) => /\[object (Shared)?ArrayBuffer\]/.test(Object.prototype.toString.call(value)),
  isDataView: (value) => value instanceof DataView, isWeakMap: (value) => value instanceof WeakMap, isWeakSet: (value) => value instanceof WeakSet,
  isArgumentsObject: isTagged('Arguments'), isMapIterator: isTagged('Map Iterator'), isSetIterator: isTagged('Set Iterator'),
  isModuleNamespaceObject: isTagged('Module'), isExternal: () => false, isCryptoKey: () => false, isKeyObject: () => false,
  isBoxedPrimitive: (value) => ['Number', 'String', 'Boolean', 'Symbol', 'BigInt'].some((kind) => types[`is${kind}Object`](value)),
};
for (const kind of ['Number', 'String', 'Boolean', 'Symbol', 'BigInt']) {
  types[`is${kind}Object`] = (value) => typeof value === 'object' && value !== null && value instanceof globalThis[kind];
}
for (const kind of ['Int8', 'Int16', 'Int32', 'Uint8Clamped', 'Uint16', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64']) {
  types[`is${kind}Array`] = isTagged(`${kind}Array`);
}

// What NODE_DEBUG names is told.
function debuglog(section) {
  const enabled = new RegExp(`(^|,)(${section}|\\*)(,|$)`, 'i').test(process.env.NODE_DEBUG ?? '');
  const log = (...values) => { if (enabled) process.stderr.write(`${section.toUpperCase()} ${process.pid}: ${format(...values)}\n`); };
  return Object.defineProperty(log, 'enabled', { value: enabled, enumerable: true });
}

const aborted = (signal) => signal.aborted ? Promise.resolve()
  : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

function isDeepStrictEqual(left, right) {
  return require('assert').isDeepEqual(left, right, true);
}

const { errorName, errorMap } = binding('process');
const { TextEncoder, TextDecoder } = require('internal_encoding');
module.exports = { inspect, format, formatWithOptions, promisify, callbackify, inherits, deprecate, types,
                   isDeepStrictEqual, TextEncoder, TextDecoder,
                   debuglog, debug: debuglog, aborted, getSystemErrorName: (number) => errorName(number), getSystemErrorMap: () => new Map(errorMap()),
                   isArray: Array.isArray, isBoolean: (value) => typeof value === 'boolean', isNull: (value) => value === null,
                   isNullOrUndefined: (value) => value === null || value === undefined, isNumber: (value) => typeof value === 'number',
                   isString: (value) => typeof value === 'string', isSymbol: (value) => typeof value === 'symbol',
                   isUndefined: (value) => value === undefined, isRegExp: types.isRegExp, isDate: types.isDate, isError: types.isNativeError,
                   isObject: (value) => value !== null && typeof value === 'object', isFunction: (value) => typeof value === 'function',
                   isPrimitive: (value) => value === null || !['object', 'function'].includes(typeof value),
                   isBuffer: (value) => require('buffer').Buffer.isBuffer(value), log: (...values) => console.log('%s - %s', new Date().toLocaleTimeString(), format(...values)),
                   _extend: (target, source) => Object.assign(target, source), parseArgs: (...values) => require('internal_parse_args').parseArgs(...values),
                   stripVTControlCharacters: (text) => text.replace(/\x1b\[[\d;]*[A-Za-z]/g, ''),
                   toUSVString: (text) => String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd') };
