// Secrets that two sides have in common: ECDH and diffieHellman().
'use strict';

const { Key, curves } = binding('key');
const { Buffer } = require('buffer');
const { failure, bytesOf, encoded } = require('internal_crypto');
const { invalidValue } = require('internal_errors');
const { KeyObject } = require('internal_crypto_key');
const { perform, generateKeyPairSync } = require('internal_crypto_sign');
const kinds = require('internal_crypto_kinds');
const der = require('internal_der');

function diffieHellman({ privateKey, publicKey } = {}) {
  if (!(privateKey instanceof KeyObject)) throw invalidValue('options.privateKey', privateKey);
  if (!(publicKey instanceof KeyObject)) throw invalidValue('options.publicKey', publicKey);
  const [own, other] = [privateKey.asymmetricKeyType, publicKey.asymmetricKeyType];
  if (own !== other)
    throw failure(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', `Incompatible key types for Diffie-Hellman: ${own} and ${other}`);
  return perform('derive', undefined, privateKey.native, '', [], undefined, publicKey.native);
}

// How many points a curve has: a secret is less.
const kOrders = {
  prime256v1: 'FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551',
  secp384r1: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973',
  secp521r1: '01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409',
  secp256k1: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141',
  prime192v1: 'FFFFFFFFFFFFFFFFFFFFFFFF99DEF836146BC9B1B4D22831',
  secp224r1: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFF16A2E0B8F03E13DD29455C5C2A3D',
};

const kForms = { uncompressed: 4, compressed: 2, hybrid: 6 };

// A point of a curve in another form: the first byte says which one, and whether y is odd.
function asForm(point, form = 'uncompressed') {
  if (kForms[form] === undefined)
    throw failure(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${form}`);
  if (form === 'uncompressed') return point;
  const first = Buffer.from([kForms[form] + (point.at(-1) & 1)]);
  return Buffer.concat([first, point.subarray(1, form === 'hybrid' ? undefined : 1 + (point.length - 1) / 2)]);
}

class ECDH {
  #oid; #name; #secret; #point;
  constructor(curve) {
    const known = kinds.curveByName(curve);
    if (known === undefined) {
      if (curves().includes(curve)) throw failure(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `violet run has no ECDH over ${curve}`);
      throw failure(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
    }
    [this.#oid, [this.#name]] = known;
  }

  generateKeys(encoding, form) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: this.#name });
    this.#secret = der.parse(der.parse(privateKey.encoded).parts[2].content).parts[1].content;
    this.#point = publicKey.facts.value;
    return this.getPublicKey(encoding, form);
  }

  getPublicKey(encoding, form) {
    if (this.#point === undefined) throw failure(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH public key');
    return encoded(asForm(Buffer.from(this.#point), form), encoding);
  }

  getPrivateKey(encoding) {
    if (this.#secret === undefined) throw failure(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH private key');
    // A number, without the zeros before it.
    return encoded(Buffer.from(this.#secret.subarray(this.#secret.findIndex((byte) => byte !== 0))), encoding);
  }

  setPrivateKey(key, encoding) {
    const secret = Buffer.from(bytesOf('key', key, encoding));
    const number = BigInt(`0x0${secret.toString('hex')}`);
    if (number === 0n || number >= BigInt(`0x${kOrders[this.#name]}`))
      throw failure(RangeError, 'ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
    this.#point = pointOf(new Key(kinds.curvePrivateForm(this.#oid, secret), 'DER', true));
    this.#secret = secret;
  }

  computeSecret(other, inputEncoding, outputEncoding) {
    const theirs = publicKeyFrom(this.#oid, bytesOf('otherPublicKey', other, inputEncoding));
    if (this.#secret === undefined) throw failure(RangeError, 'ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
    const own = new Key(kinds.curvePrivateForm(this.#oid, this.#secret), 'DER', true);
    return encoded(perform('derive', undefined, own, '', [], undefined, theirs), outputEncoding);
  }

  static convertKey(key, curve, inputEncoding, outputEncoding, form) {
    const known = kinds.curveByName(curve);
    if (known === undefined) throw failure(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
    return encoded(asForm(pointOf(publicKeyFrom(known[0], bytesOf('key', key, inputEncoding))), form), outputEncoding);
  }
}

function publicKeyFrom(oid, point) {
  try {
    return new Key(kinds.curvePublicForm(oid, point), 'DER', false);
  } catch {
    throw failure(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve');
  }
}

const pointOf = (key) => kinds.factsOf(Buffer.from(key.encode('DER', 'SubjectPublicKeyInfo', false))).value;

module.exports = { ECDH, createECDH: (curve) => new ECDH(curve), diffieHellman, getCurves: () => curves().sort() };
