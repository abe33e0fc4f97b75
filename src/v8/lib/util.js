// The module `util`.
'use strict';

const { inspect, format, formatWithOptions } = require('internal_inspect');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisify(original) {
  if (typeof original !== 'function') {
    throw require('internal_ticks').invalidType('original', 'function', original);
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
  return function(...values) {
    const callback = values.pop();
    original.apply(this, values).then(
      (value) => process.nextTick(callback, null, value),
      (error) => process.nextTick(callback, error ?? new Error('Promise was rejected with a falsy value')));
  };
}

function inherits(child, parent) {
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

function deprecate(original, message) {
  let isTold = false;
  return function(...values) {
    if (!isTold) process.emitWarning(`DeprecationWarning: ${message}`);
    isTold = true;
    return Reflect.apply(original, this, values);
  };
}

const isOf = (tag) => (value) => Object.prototype.toString.call(value) === `[object ${tag}]`;
const types = {
  isPromise: (value) => value instanceof Promise,
  isRegExp: (value) => value instanceof RegExp,
  isDate: (value) => value instanceof Date,
  isMap: (value) => value instanceof Map,
  isSet: (value) => value instanceof Set,
  isNativeError: (value) => value instanceof Error,
  isArrayBuffer: (value) => value instanceof ArrayBuffer,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isArrayBufferView: ArrayBuffer.isView,
  isAsyncFunction: isOf('AsyncFunction'),
  isGeneratorFunction: isOf('GeneratorFunction'),
};

function isDeepStrictEqual(left, right) {
  return require('assert').isDeepEqual(left, right, true);
}

const { TextEncoder, TextDecoder } = require('internal_encoding');
module.exports = { inspect, format, formatWithOptions, promisify, callbackify, inherits, deprecate, types,
                   isDeepStrictEqual, TextEncoder, TextDecoder,
                   debuglog: () => () => {}, debug: () => () => {},
                   stripVTControlCharacters: (text) => text.replace(/\x1b\[[\d;]*[A-Za-z]/g, ''),
                   toUSVString: (text) => String(text).toWellFormed?.() ?? String(text) };
