// KeyObject, and what programs give where a key is wanted.
'use strict';

const { Key } = binding('key');
const { Buffer, asBuffer } = require('buffer');
const { failure, bytesOf, describe } = require('internal_crypto');
const { invalidType, invalidValue } = require('internal_errors');
const der = require('internal_der');
const kinds = require('internal_crypto_kinds');

const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

const kKeyType = Symbol('kKeyType');

class KeyObject {
  constructor(type, native) {
    if (!['secret', 'public', 'private'].includes(type)) throw invalidValue('type', type);
    Object.defineProperty(this, kKeyType, { value: type, enumerable: true });
    Object.defineProperty(this, 'native', { value: native });
  }
  get type() { return this[kKeyType]; }
  get [Symbol.toStringTag]() { return 'KeyObject'; }

  equals(other) {
    if (!(other instanceof KeyObject))
      throw invalidType('otherKeyObject', 'an instance of KeyObject', other);
    return other.type === this.type && Buffer.compare(this.encoded, other.encoded) === 0;
  }
}

class SecretKeyObject extends KeyObject {
  constructor(bytes) { super('secret', Buffer.from(bytes)); }
  get encoded() { return this.native; }
  get symmetricKeySize() { return this.native.length; }
  export(options) {
    const format = options?.format ?? 'buffer';
    if (format === 'jwk') return { kty: 'oct', k: this.native.toString('base64url') };
    if (format !== 'buffer') throw invalidValue('options.format', format, "must be one of: undefined, 'buffer', 'jwk'");
    return Buffer.from(this.native);
  }
}

// Its kind, and what there is to say of it, are read from the public form.
class AsymmetricKeyObject extends KeyObject {
  #facts;
  get facts() { return this.#facts ??= kinds.factsOf(this.publicForm); }
  get publicForm() { return asBuffer(this.native.encode('DER', 'SubjectPublicKeyInfo', false)); }
  get asymmetricKeyType() { return this.facts.kind; }
  get asymmetricKeyDetails() { return { ...this.facts.details }; }
  get isRsa() { return this.asymmetricKeyType === 'rsa'; }
}

function checkEncoding(options, types, prefix) {
  const { format, type } = options;
  if (!['pem', 'der', 'jwk'].includes(format)) throw invalidValue(`${prefix}.format`, format);
  if (format !== 'jwk' && !types.includes(type)) throw invalidValue(`${prefix}.type`, type);
}

function checkKind(key, type) {
  if (type === 'pkcs1' && !key.isRsa)
    throw failure(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'The selected key encoding pkcs1 can only be used for RSA keys.');
  if (type === 'sec1' && key.asymmetricKeyType !== 'ec')
    throw failure(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'The selected key encoding sec1 can only be used for EC keys.');
}

const asFormat = (format, bytes) => format === 'PEM' ? asBuffer(bytes).toString() : asBuffer(bytes);

class PublicKeyObject extends AsymmetricKeyObject {
  get encoded() { return this.publicForm; }
  export(options, prefix = 'options') {
    if (typeof options !== 'object' || options === null) throw invalidType(prefix, 'object', options);
    checkEncoding(options, ['pkcs1', 'spki'], prefix);
    if (options.format === 'jwk') return kinds.publicToJwk(this.facts);
    checkKind(this, options.type);
    const format = options.format.toUpperCase();
    const structure = options.type === 'pkcs1' ? 'type-specific' : 'SubjectPublicKeyInfo';
    return asFormat(format, this.native.encode(format, structure, false));
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  get encoded() { return asBuffer(this.native.encode('DER', 'PrivateKeyInfo', true)); }
  export(options, prefix = 'options') {
    if (typeof options !== 'object' || options === null) throw invalidType(prefix, 'object', options);
    checkEncoding(options, ['pkcs1', 'pkcs8', 'sec1'], prefix);
    const { cipher, passphrase, type } = options;
    if (options.format === 'jwk') {
      if (passphrase !== undefined)
        throw failure(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'The selected key encoding jwk does not support encryption.');
      return kinds.privateToJwk(this.facts, this.encoded);
    }
    checkKind(this, type);
    const format = options.format.toUpperCase();
    const phrase = this.#phraseFor(options, prefix);
    const structure = type === 'pkcs8' ? 'PrivateKeyInfo' : 'type-specific';
    return asFormat(format, this.native.encode(format, structure, true, cipher ?? undefined, phrase));
  }

  #phraseFor({ cipher, passphrase, type, format }, prefix) {
    if (cipher === undefined || cipher === null) return undefined;
    if (typeof cipher !== 'string') throw invalidValue(`${prefix}.cipher`, cipher);
    if (typeof passphrase !== 'string' && !isBytes(passphrase)) throw invalidValue(`${prefix}.passphrase`, passphrase);
    if (format === 'der' && type !== 'pkcs8')
      throw failure(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', `The selected key encoding ${type} does not support encryption.`);
    if (!require('internal_crypto_cipher').getCiphers().includes(cipher.toLowerCase())) throw failure(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    return bytesOf('passphrase', passphrase);
  }
}

// ---- What programs give ----

const kPrivateLabel = /PRIVATE KEY$/;

// { bytes, format, phrase } of a text, bytes, or an object around them.
function inputOf(given, isPrivate) {
  const isPlain = typeof given === 'string' || isBytes(given);
  if (!isPlain && (typeof given !== 'object' || given === null || given instanceof KeyObject))
    throw wrongKey('key', given, !isPrivate && !(given instanceof KeyObject));
  const { key, format = 'pem', type, passphrase, encoding } = isPlain ? { key: given } : given;
  if (format === 'jwk') {
    if (typeof key !== 'object' || key === null) throw invalidType('key.key', 'object', key);
    return { bytes: kinds.fromJwk(key, isPrivate), format: 'DER', phrase: undefined, label: key.d !== undefined ? 'PRIVATE KEY' : 'PUBLIC KEY' };
  }
  if (typeof key !== 'string' && !isBytes(key)) throw wrongKey('key.key', key, !isPrivate);
  if (format !== 'pem' && format !== 'der') throw invalidValue('options.format', format);
  const types = isPrivate ? ['pkcs1', 'pkcs8', 'sec1'] : ['pkcs1', 'spki', 'pkcs8', 'sec1'];
  if (format === 'der' && !types.includes(type)) throw invalidValue('options.type', type);
  const phrase = passphrase === undefined || passphrase === null ? undefined : bytesOf('key.passphrase', passphrase);
  const bytes = asBuffer(bytesOf('key', key, encoding));
  const label = format === 'pem' ? /-----BEGIN ([A-Z0-9 ]+)-----/.exec(bytes.toString('latin1'))?.[1]
    : type === 'pkcs8' || type === 'sec1' ? 'PRIVATE KEY' : 'PUBLIC KEY';
  return { bytes, format: format.toUpperCase(), phrase, label };
}

function wrongKey(name, value, takesObjects) {
  const isArgument = !name.includes('.');
  return failure(TypeError, 'ERR_INVALID_ARG_TYPE',
    `The "${name}" ${isArgument ? 'argument' : 'property'} must be of type string or an instance of ArrayBuffer, Buffer, TypedArray, ` +
    `${takesObjects ? 'DataView, KeyObject, or CryptoKey' : 'or DataView'}. Received ${describe(value)}`);
}

function createPrivateKey(given) {
  const { bytes, format, phrase } = inputOf(given, true);
  return new PrivateKeyObject('private', new Key(bytes, format, true, phrase));
}

function publicOf(privateKey) {
  return new PublicKeyObject('public', new Key(privateKey.publicForm, 'DER', false));
}

function createPublicKey(given) {
  const inner = given instanceof KeyObject ? given : given?.key;
  if (inner instanceof KeyObject) {
    if (inner.type !== 'private')
      throw wrongType(inner.type, 'private');
    return publicOf(inner);
  }
  const { bytes, format, phrase, label } = inputOf(given, false);
  if (kPrivateLabel.test(label)) return publicOf(new PrivateKeyObject('private', new Key(bytes, format, true, phrase)));
  if (label === 'CERTIFICATE') {
    const { publicForm } = require('internal_x509').parseCertificate(der.blocksOf(bytes.toString())[0].bytes);
    return new PublicKeyObject('public', new Key(publicForm, 'DER', false));
  }
  return new PublicKeyObject('public', new Key(bytes, format, false));
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !isBytes(key)) throw invalidType('key', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
  return new SecretKeyObject(bytesOf('key', key, encoding));
}

const wrongType = (type, wanted) =>
  failure(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${wanted}.`);

// The key in what an operation was given: itself, in an object of options, or still to be read.
function privateKeyOf(given) {
  const key = given instanceof KeyObject ? given : given?.key;
  if (!(key instanceof KeyObject)) return createPrivateKey(given);
  if (key.type !== 'private') throw wrongType(key.type, 'private');
  return key;
}

function publicKeyOf(given) {
  const key = given instanceof KeyObject ? given : given?.key;
  if (!(key instanceof KeyObject)) return createPublicKey(given);
  if (key.type === 'secret') throw wrongType(key.type, 'private or public');
  return key;
}

module.exports = { KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject, createPrivateKey, createPublicKey,
                   createSecretKey, privateKeyOf, publicKeyOf, checkEncoding, wrongType };
