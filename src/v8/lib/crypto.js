// The module `crypto`: random bytes so far.
'use strict';

const { random } = binding('random');
const { newError } = binding('process');
const { Buffer } = require('buffer');

function randomBytes(size, callback) {
  const bytes = Buffer.alloc(size);
  if (callback === undefined) {
    const error = random(bytes);
    if (error !== 0) throw newError(error, 'uv_random');
    return bytes;
  }
  random(bytes, { oncomplete: (status) =>
    status === 0 ? callback(null, bytes) : callback(newError(status, 'uv_random')) });
  return undefined;
}

function randomUUID() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

module.exports = { randomBytes, randomUUID };
