// The numbers in a Buffer: read and written byte by byte, with Node.js's errors for what does not fit.
'use strict';

const { invalidType, outOfRange, withCode } = require('internal_errors');

const eight = new Uint8Array(8);
const floats = { 4: new Float32Array(eight.buffer, 0, 1), 8: new Float64Array(eight.buffer, 0, 1) };
const bigs = { false: new BigUint64Array(eight.buffer), true: new BigInt64Array(eight.buffer) };

function checkPlace(bytes, offset, size) {
  if (typeof offset !== 'number') throw invalidType('offset', 'number', offset);
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  const last = bytes.length - size;
  if (last < 0) throw withCode(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (offset < 0 || offset > last) throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
}

function checkSize(size) {
  if (typeof size !== 'number') throw invalidType('byteLength', 'number', size);
  if (!Number.isInteger(size)) throw outOfRange('byteLength', 'an integer', size);
  if (size < 1 || size > 6) throw outOfRange('byteLength', '>= 1 and <= 6', size);
}

function readInteger(bytes, offset, size, isSigned, isLittle) {
  checkPlace(bytes, offset, size);
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes[isLittle ? offset + size - 1 - i : offset + i];
  return isSigned && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

function writeInteger(bytes, given, offset, size, isSigned, isLittle) {
  const bits = 8 * size;
  const value = +given;
  const [least, most] = isSigned ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  if (value < least || value > most) {
    const range = size <= 4 ? `>= ${least} and <= ${most}`
      : isSigned ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= 0 and < 2 ** ${bits}`;
    throw outOfRange('value', range, value);
  }
  checkPlace(bytes, offset, size);
  let left = Math.trunc(value < 0 ? value + 2 ** bits : value);
  for (let i = 0; i < size; i++) {
    bytes[isLittle ? offset + i : offset + size - 1 - i] = left % 256;
    left = Math.floor(left / 256);
  }
  return offset + size;
}

// What stands in `eight`, and what is put there, in the order of this machine: the little end first.
function copyOut(bytes, offset, size, isLittle) {
  checkPlace(bytes, offset, size);
  for (let i = 0; i < size; i++) eight[isLittle ? i : size - 1 - i] = bytes[offset + i];
}
function copyIn(bytes, offset, size, isLittle) {
  for (let i = 0; i < size; i++) bytes[offset + i] = eight[isLittle ? i : size - 1 - i];
  return offset + size;
}

function writeBig(bytes, value, offset, isSigned, isLittle) {
  const [least, end, range] = isSigned ? [-(2n ** 63n), 2n ** 63n, '>= -(2n ** 63n) and < 2n ** 63n'] : [0n, 2n ** 64n, '>= 0n and < 2n ** 64n'];
  if (value < least || value >= end) throw outOfRange('value', range, value);
  checkPlace(bytes, offset, 8);
  bigs[isSigned][0] = value & (2n ** 64n - 1n);
  return copyIn(bytes, offset, 8, isLittle);
}

function addIntegers(prototype, isSigned, isLittle) {
  const order = isLittle ? 'LE' : 'BE';
  const kind = isSigned ? 'Int' : 'UInt';
  const add = (name, size) => {
    prototype[`read${name}`] = function(offset = 0) { return readInteger(this, offset, size, isSigned, isLittle); };
    prototype[`write${name}`] = function(value, offset = 0) { return writeInteger(this, value, offset, size, isSigned, isLittle); };
  };
  add(`${kind}8`, 1);
  add(`${kind}16${order}`, 2);
  add(`${kind}32${order}`, 4);
  prototype[`read${kind}${order}`] = function(offset, size) { checkSize(size); return readInteger(this, offset, size, isSigned, isLittle); };
  prototype[`write${kind}${order}`] = function(value, offset, size) { checkSize(size); return writeInteger(this, value, offset, size, isSigned, isLittle); };
  const big = `Big${kind}64${order}`;
  prototype[`read${big}`] = function(offset = 0) { copyOut(this, offset, 8, isLittle); return bigs[isSigned][0]; };
  prototype[`write${big}`] = function(value, offset = 0) { return writeBig(this, value, offset, isSigned, isLittle); };
}

function addFloats(prototype, name, size, isLittle) {
  prototype[`read${name}`] = function(offset = 0) { copyOut(this, offset, size, isLittle); return floats[size][0]; };
  prototype[`write${name}`] = function(value, offset = 0) {
    checkPlace(this, offset, size);
    floats[size][0] = +value;
    return copyIn(this, offset, size, isLittle);
  };
}

function addNumbers(prototype) {
  for (const isLittle of [true, false]) {
    for (const isSigned of [true, false]) addIntegers(prototype, isSigned, isLittle);
    addFloats(prototype, isLittle ? 'FloatLE' : 'FloatBE', 4, isLittle);
    addFloats(prototype, isLittle ? 'DoubleLE' : 'DoubleBE', 8, isLittle);
  }
  // Both spellings are Node.js's.
  for (const name of Object.keys(prototype).filter((each) => /^(read|write)(Big)?UInt/.test(each)))
    prototype[name.replace('UInt', 'Uint')] = prototype[name];
}

module.exports = { addNumbers };
