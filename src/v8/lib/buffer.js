// The module `buffer`: the npm package of that name, with the fast parts done by V8.
'use strict';
const { requireInternal } = require('internal_require');
const { resolvePackaged } = requireInternal('internal_packages');
const packaged = requireInternal('node_modules/buffer/index.js');
const { utf8Decode, utf8Encode, latin1Decode, utf8Length } = binding('buffer');

const { Buffer } = packaged;
const { invalidType, invalidValue, outOfRange, withCode, received } = require('internal_errors');
const kMaxLength = 2 ** 32;
const firstArgument = (wanted, value) => withCode(TypeError, 'ERR_INVALID_ARG_TYPE',
  `The first argument must be of type ${wanted}. Received ${received(value)}`);
const isUrlSafe = (encoding) => typeof encoding === 'string' && /^base64url$/i.test(encoding);
const toStringOfPackage = Buffer.prototype.toString;
const isUtf8 = (encoding) => encoding === undefined || /^utf-?8$/i.test(encoding);

Buffer.prototype.toString = function(encoding, start = 0, end = this.length) {
  start = Math.min(Math.max(start | 0, 0), this.length);
  end = end === undefined ? this.length : Math.min(Math.max(end | 0, 0), this.length);
  if (isUtf8(encoding)) return utf8Decode(this, start, end);
  if (/^(latin1|binary)$/i.test(encoding)) return latin1Decode(this, start, end);
  if (isUrlSafe(encoding)) return toStringOfPackage.call(this, 'base64', start, end).replace(/[+/=]/g, (letter) => ({ '+': '-', '/': '_' })[letter] ?? '');
  return toStringOfPackage.call(this, encoding, start, end);
};

for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow']) {
  const made = Buffer[name];
  Buffer[name] = (size, ...rest) => {
    if (typeof size !== 'number') throw invalidType('size', 'number', size);
    if (!(size >= 0 && size <= kMaxLength)) throw withCode(RangeError, 'ERR_INVALID_ARG_VALUE', `The argument 'size' is invalid. Received ${size}`);
    return made.call(Buffer, size, ...rest);
  };
}

// What an object has to say for itself, where it is no list of bytes.
function bytesOrText(value) {
  if (typeof value === 'object' && value !== null) {
    if (ArrayBuffer.isView(value) || Array.isArray(value) || /ArrayBuffer\]$/.test(Object.prototype.toString.call(value))) return value;
    const inner = value.valueOf?.();
    if (inner !== value && (typeof inner === 'string' || (typeof inner === 'object' && inner !== null))) return inner;
    if (value.length !== undefined || (value.type === 'Buffer' && Array.isArray(value.data))) return value;
    const text = value[Symbol.toPrimitive]?.('string');
    if (typeof text === 'string') return text;
  }
  throw firstArgument('string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
}

const fromOfPackage = Buffer.from;
Buffer.from = function(value, encoding, length) {
  if (typeof value === 'string' && isUtf8(encoding)) {
    return Object.setPrototypeOf(utf8Encode(value), Buffer.prototype);
  }
  if (typeof value === 'string' && isUrlSafe(encoding)) encoding = 'base64';
  if (typeof value !== 'string') value = bytesOrText(value);
  return fromOfPackage.call(Buffer, value, isUrlSafe(encoding) ? 'base64' : encoding, length);
};
const byteLengthOfPackage = Buffer.byteLength;
Buffer.byteLength = (value, encoding) => {
  if (typeof value === 'string' && isUtf8(encoding)) return utf8Length(value);
  if (typeof value !== 'string' && typeof value?.byteLength !== 'number') throw invalidType('string', 'string or an instance of Buffer or ArrayBuffer', value);
  return byteLengthOfPackage(value, isUrlSafe(encoding) ? 'base64' : encoding);
};

const isEncodingOfPackage = Buffer.isEncoding;
Buffer.isEncoding = (encoding) => isUrlSafe(encoding) || (typeof encoding === 'string' && isEncodingOfPackage(encoding));
const writeOfPackage = Buffer.prototype.write;
Buffer.prototype.write = function(text, ...rest) {
  if (typeof text !== 'string') throw withCode(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  const [offset] = rest;
  if (typeof offset === 'number' && !(offset >= 0 && offset <= this.length)) throw outOfRange('offset', `>= 0 && <= ${this.length}`, offset);
  return writeOfPackage.call(this, text, ...rest.map((value) => isUrlSafe(value) ? 'base64' : value));
};

// A table that is missing has its encoding's name.
for (const method of ['write', 'toString', 'fill', 'indexOf', 'lastIndexOf', 'includes']) tellUnknown(Buffer.prototype, method);
for (const method of ['from', 'byteLength']) tellUnknown(Buffer, method);
function tellUnknown(target, method) {
  const run = target[method];
  target[method] = function(...values) {
    try {
      return run.apply(this, values);
    } catch (error) {
      if (error.code === undefined && /^Unknown encoding: /.test(error.message)) throw withCode(TypeError, 'ERR_UNKNOWN_ENCODING', error.message);
      throw error;
    }
  };
}

require('internal_buffer_numbers').addNumbers(Buffer.prototype);

const bytesWanted = 'an instance of Buffer or Uint8Array';
const { compare, concat } = Buffer;
Buffer.compare = (first, second) => {
  if (!(first instanceof Uint8Array)) throw invalidType('buf1', bytesWanted, first);
  if (!(second instanceof Uint8Array)) throw invalidType('buf2', bytesWanted, second);
  return compare(first, second);
};
Buffer.concat = (list, length) => {
  if (!Array.isArray(list)) throw invalidType('list', 'an instance of Array', list);
  return concat(list, length);
};
const { fill } = Buffer.prototype;
Buffer.prototype.fill = function(value, offset, end, encoding) {
  if (typeof offset === 'number' && !(offset >= 0 && offset <= kMaxLength)) throw outOfRange('offset', `>= 0 && <= ${kMaxLength}`, offset);
  if (typeof end === 'number' && !(end >= 0 && end <= this.length)) throw outOfRange('end', `>= 0 && <= ${this.length}`, end);
  if (typeof offset === 'number' && offset >= (typeof end === 'number' ? end : this.length)) return this;
  try {
    return fill.call(this, value, offset, end, encoding);
  } catch (error) {
    if (/is invalid for argument "value"$/.test(error.message)) throw invalidValue('value', value);
    throw error;
  }
};
const { equals } = Buffer.prototype;
Buffer.prototype.equals = function(other) {
  if (!(other instanceof Uint8Array)) throw invalidType('otherBuffer', bytesWanted, other);
  return equals.call(this, other);
};
for (const name of ['indexOf', 'lastIndexOf', 'includes']) {
  const find = Buffer.prototype[name];
  Buffer.prototype[name] = function(value, ...rest) {
    if (typeof value !== 'number' && typeof value !== 'string' && !(value instanceof Uint8Array))
      throw invalidType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
    return find.call(this, value, ...rest);
  };
}
for (const bits of [16, 32, 64]) {
  const swap = Buffer.prototype[`swap${bits}`];
  Buffer.prototype[`swap${bits}`] = function() {
    if (this.length % (bits / 8) !== 0) throw withCode(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${bits}-bits`);
    return swap.call(this);
  };
}

function transcode(source, from, to) { return Buffer.from(asBuffer(source).toString(from), to); }

// The same bytes as a Buffer.
function asBuffer(bytes) {
  return Object.setPrototypeOf(bytes, Buffer.prototype);
}

Buffer.prototype[Symbol.for('nodejs.util.inspect.custom')] = function() {
  const shown = [...this.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = this.length > 50 ? ` ... ${this.length - 50} more bytes` : '';
  return `<Buffer ${shown}${more}>`;
};

module.exports = { ...packaged, get Blob() { return require('internal_blob').Blob; }, get File() { return require('internal_blob').File; },
                   kMaxLength, Buffer, asBuffer, transcode, constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 2 ** 29 - 24 } };
