// The module `crypto`: OpenSSL by way of C++; what is slow runs on the thread pool.
'use strict';

const { random } = binding('random');
const { isEqual } = binding('hash');
const { derive, hasDigest } = binding('derive');
const { newError } = binding('process');
const { Buffer, asBuffer } = require('buffer');
const { failure, bytesOf, secretOf, checkFunction, checkRange } = require('internal_crypto');
const { invalidType, outOfRange, received, withCode } = require('internal_errors');
const { Hash, Hmac, createHash, createHmac, kHashes } = require('internal_crypto_hash');
const ciphers = require('internal_crypto_cipher');

// Keys and certificates are read when somebody asks for them.
const kLater = {
  internal_crypto_key: ['KeyObject', 'createPrivateKey', 'createPublicKey', 'createSecretKey'],
  internal_crypto_sign: ['constants', 'sign', 'verify', 'Sign', 'Verify', 'createSign', 'createVerify', 'publicEncrypt', 'privateDecrypt',
                         'privateEncrypt', 'publicDecrypt', 'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync'],
  internal_crypto_agree: ['ECDH', 'createECDH', 'diffieHellman', 'getCurves'],
  internal_x509: ['X509Certificate'],
};

// ---- Random ----

function fill(view, callback) {
  const bytes = new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0, view.byteLength);
  const check = (status) => status === 0 ? null : newError(status, 'uv_random');
  if (callback === undefined) {
    const error = check(random(bytes));
    if (error !== null) throw error;
    return view;
  }
  random(bytes, { oncomplete: (status) => callback(check(status), view) });
  return undefined;
}

function randomBytes(size, callback) {
  checkRange('size', size, 0, 2 ** 31 - 1);
  return fill(Buffer.alloc(size), callback);
}

function part(view, offset = 0, size = view.byteLength - offset) {
  return new Uint8Array(view.buffer ?? view, (view.byteOffset ?? 0) + offset, size);
}

function randomFillSync(view, offset, size) {
  fill(part(view, offset, size));
  return view;
}

function randomFill(view, ...values) {
  const callback = values.pop();
  checkFunction('callback', callback);
  fill(part(view, ...values), (error) => callback(error, view));
}

// Numbers that would make some results likelier than others are thrown away.
function randomInt(low, high, callback) {
  if (high === undefined || typeof high === 'function') [low, high, callback] = [0, low, high];
  const range = high - low;
  for (const [name, value] of [['min', low], ['max', high]])
    if (!Number.isSafeInteger(value)) throw withCode(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be a safe integer. Received ${received(value)}`);
  if (callback !== undefined) checkFunction('callback', callback);
  if (range <= 0) throw outOfRange('max', `greater than the value of "min" (${low})`, high);
  if (range >= 2 ** 48) throw outOfRange(low === 0 ? 'max' : 'max - min', `<= ${2 ** 48 - 1}`, range);
  const limit = 2 ** 48 - 2 ** 48 % range;
  const valueOf = (bytes) => bytes.readUIntBE(0, 6);
  if (callback === undefined) {
    for (;;) {
      const value = valueOf(randomBytes(6));
      if (value < limit) return low + value % range;
    }
  }
  randomBytes(6, (error, bytes) => {
    if (error) callback(error);
    else if (valueOf(bytes) >= limit) randomInt(low, high, callback);
    else callback(undefined, low + valueOf(bytes) % range);
  });
  return undefined;
}

function randomUUID() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

// ---- Keys out of passwords ----

function pbkdf2Arguments(password, salt, iterations, size, digest) {
  if (typeof digest !== 'string')
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "digest" argument must be of type string. Received ${digest}`);
  checkRange('iterations', iterations, 1, 2 ** 31 - 1);
  checkRange('keylen', size, 0, 2 ** 31 - 1);
  if (!hasDigest(digest)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
  return ['PBKDF2', size, 'pass', bytesOf('password', password), 'salt', bytesOf('salt', salt), 'iter', iterations, 'digest', digest, 'pkcs5', 1];
}

const failed = () => failure(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'The key cannot be derived');

function later(callback) {
  return { oncomplete: (key) => key === null ? callback(failed()) : callback(null, asBuffer(key)) };
}

function now(key) {
  if (key === null) throw failed();
  return asBuffer(key);
}

function pbkdf2(password, salt, iterations, size, digest, callback) {
  if (typeof digest === 'function') [digest, callback] = [undefined, digest];
  const values = pbkdf2Arguments(password, salt, iterations, size, digest);
  checkFunction('callback', callback);
  derive(later(callback), ...values);
}
const pbkdf2Sync = (...values) => now(derive(undefined, ...pbkdf2Arguments(...values)));

function scryptArguments(password, salt, size, options = {}) {
  const N = options.N ?? options.cost ?? 16384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  const maxmem = options.maxmem ?? 32 * 1024 * 1024;
  checkRange('keylen', size, 0, 2 ** 31 - 1);
  if (!(N > 1 && Number.isInteger(Math.log2(N))) || 128 * N * r > maxmem || p * r >= 2 ** 30)
    throw failure(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params');
  // OpenSSL counts some more for itself.
  return ['SCRYPT', size, 'pass', bytesOf('password', password), 'salt', bytesOf('salt', salt), 'n', N, 'r', r, 'p', p,
          'maxmem_bytes', maxmem + 128 * r * (p + 2) + 4096];
}

function scrypt(password, salt, size, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const values = scryptArguments(password, salt, size, options);
  checkFunction('callback', callback);
  derive(later(callback), ...values);
}
const scryptSync = (...values) => now(derive(undefined, ...scryptArguments(...values)));

function hkdfArguments(digest, key, salt, info, size) {
  if (typeof digest !== 'string') throw invalidType('digest', 'string', digest);
  const [secret, grain, purpose] = [secretOf('key', key), bytesOf('salt', salt), bytesOf('info', info)];
  checkRange('length', size, 0, 2 ** 32);
  if (purpose.byteLength > 1024)
    throw failure(RangeError, 'ERR_OUT_OF_RANGE', `The value of "info" is out of range. It must be must not contain more than 1024 bytes. Received ${purpose.byteLength}`);
  if (!hasDigest(digest)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
  if (size > 255 * createHash(digest).digest().length)
    throw failure(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
  return ['HKDF', size, 'digest', digest, 'key', secret, 'salt', grain, 'info', purpose];
}

const hkdfSync = (...values) => now(derive(undefined, ...hkdfArguments(...values))).buffer;

function hkdf(digest, key, salt, info, size, callback) {
  const values = hkdfArguments(digest, key, salt, info, size);
  checkFunction('callback', callback);
  const { oncomplete } = later((error, bytes) => callback(error, bytes?.buffer));
  derive({ oncomplete }, ...values);
}

function timingSafeEqual(left, right) {
  for (const [name, value] of [['buf1', left], ['buf2', right]]) {
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer))
      throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }
  const [first, second] = [bytesOf('buf1', left), bytesOf('buf2', right)];
  if (first.byteLength !== second.byteLength)
    throw failure(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return isEqual(first, second);
}

const webcrypto = {
  getRandomValues: (view) => fill(view),
  randomUUID,
  subtle: {
    async digest(algorithm, data) {
      const name = (algorithm.name ?? algorithm).toLowerCase().replace('-', '');
      return new Uint8Array(createHash(name).update(new Uint8Array(data.buffer ?? data)).digest()).buffer;
    },
  },
};

module.exports = {
  randomBytes, pseudoRandomBytes: randomBytes, randomFill, randomFillSync, randomInt, randomUUID,
  Hash, Hmac, createHash, createHmac, getHashes: () => [...kHashes], ...ciphers,
  pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync, timingSafeEqual,
  webcrypto, getRandomValues: webcrypto.getRandomValues, subtle: webcrypto.subtle
};

for (const [file, names] of Object.entries(kLater)) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, { enumerable: true, configurable: true, get: () => require(file)[name] });
  }
}

