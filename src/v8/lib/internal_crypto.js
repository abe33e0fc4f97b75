// What the parts of `crypto` have in common: bytes out of arguments, and complaints.
'use strict';

const { Buffer, asBuffer } = require('buffer');

const failure = (Kind, code, message) => Object.assign(new Kind(message), { code });

function describe(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') return `an instance of ${value.constructor?.name}`;
  return `type ${typeof value} (${require('internal_inspect').inspect(value)})`;
}

function bytesOf(name, value, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (name !== 'data' && value instanceof ArrayBuffer) return new Uint8Array(value);
  throw failure(TypeError, 'ERR_INVALID_ARG_TYPE',
                `The "${name}" argument must be of type string or an instance of ${name === 'data' ? '' : 'ArrayBuffer, '}Buffer, TypedArray, or DataView. Received ${describe(value)}`);
}

// The bytes of a secret, which may be a KeyObject.
function secretOf(name, given) {
  if (typeof given !== 'object' || given?.[Symbol.toStringTag] !== 'KeyObject') return bytesOf(name, given);
  if (given.type !== 'secret') throw require('internal_crypto_key').wrongType(given.type, 'secret');
  return given.native;
}

function checkFunction(name, value) {
  if (typeof value !== 'function')
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type function. Received ${describe(value)}`);
}

function checkRange(name, value, low, high) {
  if (typeof value !== 'number')
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be of type number. Received ${describe(value)}`);
  if (!(Number.isInteger(value) && value >= low && value <= high))
    throw failure(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be >= ${low} && <= ${high}. Received ${value}`);
}

// Bytes, or a string of them.
function encoded(bytes, encoding) {
  const buffer = asBuffer(bytes);
  return encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

module.exports = { failure, describe, bytesOf, secretOf, checkFunction, checkRange, encoded };
