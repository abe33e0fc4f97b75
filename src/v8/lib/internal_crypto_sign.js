// What is done with a pair of keys: signatures, encryption, and making such a pair.
'use strict';

const native = binding('key');
const { Writable } = require('stream');
const { Buffer, asBuffer } = require('buffer');
const { failure, bytesOf, checkFunction, encoded } = require('internal_crypto');
const { hasDigest } = binding('derive');
const { invalidType, invalidValue, received } = require('internal_errors');
const { KeyObject, PublicKeyObject, PrivateKeyObject, SecretKeyObject, createPrivateKey, createPublicKey,
        privateKeyOf, publicKeyOf, checkEncoding } = require('internal_crypto_key');
const kinds = require('internal_crypto_kinds');
const der = require('internal_der');

const constants = Object.freeze({
  __proto__: null,
  RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5, RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  SSL_OP_ALL: 2147485776, SSL_OP_CIPHER_SERVER_PREFERENCE: 4194304, SSL_OP_NO_COMPRESSION: 131072,
  SSL_OP_NO_RENEGOTIATION: 1073741824, SSL_OP_NO_SSLv2: 0, SSL_OP_NO_SSLv3: 33554432, SSL_OP_NO_TICKET: 16384,
  SSL_OP_NO_TLSv1: 67108864, SSL_OP_NO_TLSv1_1: 268435456, SSL_OP_NO_TLSv1_2: 134217728, SSL_OP_NO_TLSv1_3: 536870912,
  TLS1_VERSION: 769, TLS1_1_VERSION: 770, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772,
  POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6,
});
const kPaddings = { 1: 'pkcs1', 3: 'none', 4: 'oaep', 5: 'x931', 6: 'pss' };

// A native operation: its value at once, or callback(error, value).
function perform(operation, callback, ...values) {
  if (callback === undefined) {
    const result = native[operation](undefined, ...values);
    if (result instanceof Error) throw operation === 'generate' ? withoutCode(result) : result;
    return typeof result === 'boolean' ? result : asBuffer(result);
  }
  native[operation]({ oncomplete(result) {
    if (result instanceof Error) callback(withoutCode(result));
    else callback(null, typeof result === 'boolean' ? result : asBuffer(result));
  } }, ...values);
  return undefined;
}

// What goes wrong on the pool, or when a key is made, is told in words alone.
function withoutCode(error) {
  for (const key of ['library', 'reason', 'code']) delete error[key];
  return error;
}

// ---- Signatures ----

// OpenSSL knows no "RSA-SHA256" here.
const digestName = (name) => name === null || name === undefined ? '' : name.replace(/^rsa-/i, '');

function settingsOf(key, given) {
  const { padding, saltLength } = given instanceof KeyObject || given === null || typeof given !== 'object' ? {} : given;
  const isPss = key.asymmetricKeyType === 'rsa-pss';
  if (!key.isRsa && !isPss) return [];
  const settings = [];
  if (padding !== undefined) settings.push('rsa_padding_mode', kPaddings[padding] ?? String(padding));
  if (saltLength !== undefined && (padding === constants.RSA_PKCS1_PSS_PADDING || isPss))
    settings.push('rsa_pss_saltlen', String(saltLength));
  return settings;
}

function encodingOf(given) {
  const { dsaEncoding = 'der' } = given instanceof KeyObject || typeof given !== 'object' || given === null ? {} : given;
  if (dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') throw invalidValue('options.dsaEncoding', dsaEncoding);
  return dsaEncoding;
}

const sizeOfPart = (key) => kinds.kCurves[key.facts.curve]?.[2];

// Two numbers in DER, or one behind the other.
function fromDer(signature, size) {
  return Buffer.concat(der.parse(signature).parts.map(({ integer }) =>
    Buffer.concat([Buffer.alloc(Math.max(0, size - integer.length)), integer])));
}
function toDer(signature, size) {
  if (signature.length !== 2 * size) return Buffer.alloc(0);
  return der.sequence(der.integer(Buffer.from(signature.subarray(0, size))), der.integer(Buffer.from(signature.subarray(size))));
}

function signBytes(digest, data, given, callback) {
  const key = privateKeyOf(given);
  const isPlain = encodingOf(given) === 'ieee-p1363' && key.asymmetricKeyType === 'ec';
  const finish = (bytes) => isPlain ? fromDer(bytes, sizeOfPart(key)) : bytes;
  const told = callback && ((error, bytes) => error ? callback(error) : callback(null, finish(bytes)));
  const made = perform('sign', told, key.native, digestName(digest), settingsOf(key, given), data);
  return made && finish(made);
}

function verifyBytes(digest, data, given, signature, callback) {
  const key = publicKeyOf(given);
  const isPlain = encodingOf(given) === 'ieee-p1363' && key.asymmetricKeyType === 'ec';
  const form = isPlain ? toDer(signature, sizeOfPart(key)) : signature;
  return perform('verify', callback, key.native, digestName(digest), settingsOf(key, given), data, form);
}

const kWanted = {
  data: 'must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView',
  signature: 'must be an instance of Buffer, TypedArray, or DataView',
};
function checkedBytes(name, value) {
  if (typeof value === 'string' && name === 'data') return Buffer.from(value);
  if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer))
    throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument ${kWanted[name]}. Received ${received(value)}`);
  return bytesOf('key', value);
}
function checkDigest(algorithm) {
  if (algorithm === null || algorithm === undefined) return;
  if (typeof algorithm !== 'string') throw invalidType('algorithm', 'string', algorithm);
  if (!hasDigest(algorithm)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
}

// Without a digest RSA and elliptic curves take this one, Edwards' curves have their own.
const defaultDigest = (algorithm, key) =>
  algorithm ?? (['rsa', 'rsa-pss', 'ec', 'dsa'].includes(key.asymmetricKeyType) ? 'sha256' : null);

function sign(algorithm, data, given, callback) {
  checkDigest(algorithm);
  const bytes = checkedBytes('data', data);
  if (!given) throw failure(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  if (callback !== undefined) checkFunction('callback', callback);
  const key = privateKeyOf(given);
  return signBytes(defaultDigest(algorithm, key), bytes, withKey(given, key), callback);
}

function verify(algorithm, data, given, signature, callback) {
  checkDigest(algorithm);
  const bytes = checkedBytes('data', data);
  const form = checkedBytes('signature', signature);
  if (callback !== undefined) checkFunction('callback', callback);
  const key = publicKeyOf(given);
  return verifyBytes(defaultDigest(algorithm, key), bytes, withKey(given, key), form, callback);
}

// The same options around a key that has been read.
function withKey(given, key) {
  const isOptions = typeof given === 'object' && given !== null && !(given instanceof KeyObject) && !ArrayBuffer.isView(given) && !(given instanceof ArrayBuffer);
  return isOptions ? { ...given, key } : key;
}

class Collector extends Writable {
  constructor(algorithm, options) {
    if (typeof algorithm !== 'string') throw invalidType('algorithm', 'string', algorithm);
    if (!hasDigest(algorithm)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
    super(options);
    this.algorithm = algorithm;
    this.pieces = [];
  }
  update(data, encoding) {
    if (this.pieces === null) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    this.pieces.push(Buffer.from(bytesOf('data', data, encoding)));
    return this;
  }
  takeAll() {
    if (this.pieces === null) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
    const all = Buffer.concat(this.pieces);
    this.pieces = null;
    return all;
  }
  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }
}

class Sign extends Collector {
  sign(given, encoding) {
    if (!given) throw failure(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    const key = privateKeyOf(given);
    return encoded(signBytes(this.algorithm, this.takeAll(), withKey(given, key)), encoding);
  }
}

class Verify extends Collector {
  verify(given, signature, encoding) {
    const key = publicKeyOf(given);
    if (typeof signature !== 'string' && !ArrayBuffer.isView(signature) && !(signature instanceof ArrayBuffer))
      throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "signature" argument must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView. Received ${received(signature)}`);
    return verifyBytes(this.algorithm, this.takeAll(), withKey(given, key), bytesOf('signature', signature, encoding));
  }
}

// ---- Encryption ----

// PKCS#1's padding tells an attacker too much of what he has made up (CVE-2023-46809).
function checkPadding(name, padding) {
  if (name === 'decrypt' && padding === constants.RSA_PKCS1_PADDING)
    throw failure(TypeError, 'ERR_INVALID_ARG_VALUE', 'RSA_PKCS1_PADDING is no longer supported for private decryption');
}

function transformer(name, keyOf, defaultPadding) {
  return (given, data) => {
    const { padding = defaultPadding, oaepHash = 'sha1', oaepLabel, encoding } =
      given instanceof KeyObject || typeof given !== 'object' ? {} : given;
    checkPadding(name, padding);
    const settings = ['rsa_padding_mode', kPaddings[padding] ?? String(padding)];
    if (padding === constants.RSA_PKCS1_OAEP_PADDING) {
      if (!hasDigest(oaepHash)) throw failure(Error, 'ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used');
      settings.push('rsa_oaep_md', oaepHash);
      if (oaepLabel !== undefined)
        settings.push('rsa_oaep_label', Buffer.from(bytesOf('key.oaepLabel', oaepLabel)).toString('hex'));
    }
    return perform('transform', undefined, keyOf(given).native, name, settings, bytesOf('buffer', data, encoding));
  };
}

// ---- New keys ----

const kGenerators = {
  'rsa': (options) => ['RSA', rsaSettings(options)],
  'rsa-pss': (options) => ['RSA-PSS', [...rsaSettings(options), ...pssSettings(options)]],
  'ec': ({ namedCurve }) => {
    if (typeof namedCurve !== 'string') throw invalidType('options.namedCurve', 'string', namedCurve);
    const name = kinds.curveByName(namedCurve)?.[1][0] ?? namedCurve;
    if (!native.curves().includes(name)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
    return ['EC', ['ec_paramgen_curve', name, 'ec_param_enc', 'named_curve']];
  },
  'ed25519': () => ['ED25519', []], 'ed448': () => ['ED448', []], 'x25519': () => ['X25519', []], 'x448': () => ['X448', []],
};

function rsaSettings({ modulusLength, publicExponent = 0x10001 }) {
  if (typeof modulusLength !== 'number') throw invalidType('options.modulusLength', 'number', modulusLength);
  return ['rsa_keygen_bits', String(modulusLength), 'rsa_keygen_pubexp', String(publicExponent)];
}

function pssSettings({ hashAlgorithm, mgf1HashAlgorithm = hashAlgorithm, saltLength }) {
  const settings = [];
  if (hashAlgorithm !== undefined) settings.push('rsa_pss_keygen_md', hashAlgorithm);
  if (mgf1HashAlgorithm !== undefined) settings.push('rsa_pss_keygen_mgf1_md', mgf1HashAlgorithm);
  if (saltLength !== undefined) settings.push('rsa_pss_keygen_saltlen', String(saltLength));
  return settings;
}

// What the two forms have to be, or undefined for KeyObjects.
function checkForms({ publicKeyEncoding, privateKeyEncoding }) {
  for (const [name, form, types] of [['publicKeyEncoding', publicKeyEncoding, ['pkcs1', 'spki']],
                                     ['privateKeyEncoding', privateKeyEncoding, ['pkcs1', 'pkcs8', 'sec1']]]) {
    if (form === undefined || form === null) continue;
    if (typeof form !== 'object') throw invalidValue(`options.${name}`, form);
    checkEncoding(form, types, `options.${name}`);
  }
}

function pairOf(bytes, { publicKeyEncoding, privateKeyEncoding }) {
  const privateKey = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const shown = (key, form, name) => form === undefined || form === null ? key : key.export(form, `options.${name}`);
  return { publicKey: shown(publicKey, publicKeyEncoding, 'publicKeyEncoding'),
           privateKey: shown(privateKey, privateKeyEncoding, 'privateKeyEncoding') };
}

function prepare(type, options) {
  if (typeof type !== 'string') throw invalidType('type', 'string', type);
  const settings = kGenerators[type];
  if (settings === undefined) throw invalidValue('type', type, 'must be a supported key type');
  if (options === undefined && !/^(ed|x)/.test(type)) throw invalidType('options', 'object', options);
  checkForms(options ?? {});
  return settings(options ?? {});
}

function generateKeyPairSync(type, options) {
  return pairOf(perform('generate', undefined, undefined, ...prepare(type, options)), options ?? {});
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  checkFunction('callback', callback);
  perform('generate', (error, bytes) => {
    if (error) return callback(error);
    let pair;
    try { pair = pairOf(bytes, options ?? {}); } catch (wrong) { return callback(wrong); }
    callback(null, pair.publicKey, pair.privateKey);
  }, undefined, ...prepare(type, options));
}
Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  value: (type, options) => new Promise((resolve, reject) =>
    generateKeyPair(type, options, (error, publicKey, privateKey) => error ? reject(error) : resolve({ publicKey, privateKey }))),
});

function generateKeySync(type, { length } = {}) {
  if (type !== 'hmac' && type !== 'aes') throw invalidValue('type', type, 'must be a supported key type');
  return new SecretKeyObject(require('crypto').randomBytes(length >> 3));
}
function generateKey(type, options, callback) {
  checkFunction('callback', callback);
  const made = generateKeySync(type, options);
  setImmediate(callback, null, made);
}

module.exports = {
  constants, sign, verify, Sign, Verify, perform,
  createSign: (...values) => new Sign(...values), createVerify: (...values) => new Verify(...values),
  publicEncrypt: transformer('encrypt', publicKeyOf, constants.RSA_PKCS1_OAEP_PADDING),
  privateDecrypt: transformer('decrypt', privateKeyOf, constants.RSA_PKCS1_OAEP_PADDING),
  privateEncrypt: transformer('seal', privateKeyOf, constants.RSA_PKCS1_PADDING),
  publicDecrypt: transformer('open', publicKeyOf, constants.RSA_PKCS1_PADDING),
  generateKeyPair, generateKeyPairSync, generateKey, generateKeySync,
};
