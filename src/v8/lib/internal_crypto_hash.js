// Hash and Hmac, which are streams too.
'use strict';

const { Hash: NativeHash } = binding('hash');
const { hasDigest } = binding('derive');
const { Transform } = require('stream');
const { failure, bytesOf, secretOf, encoded } = require('internal_crypto');

const kHashes = ['blake2b512', 'blake2s256', 'md5', 'sha1', 'sha224', 'sha256', 'sha3-224', 'sha3-256', 'sha3-384',
                 'sha3-512', 'sha384', 'sha512', 'sha512-224', 'sha512-256', 'shake128', 'shake256']
  .filter((name) => hasDigest(name));

class Hash extends Transform {
  constructor(native, options) {
    super(options);
    this.native = native;
    this.isDigested = false;
  }

  update(data, encoding) {
    if (this.isDigested) throw failure(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.native.update(bytesOf('data', data, encoding));
    return this;
  }

  digest(encoding) {
    if (this.isDigested) throw failure(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.isDigested = true;
    return encoded(this.native.digest(), encoding);
  }

  copy(options) {
    if (this.isDigested) throw failure(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    return new Hash(new NativeHash(this.native), options);
  }

  _transform(chunk, encoding, callback) {
    this.native.update(bytesOf('data', chunk, encoding));
    callback();
  }
  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

class Hmac extends Hash {
  digest(encoding) {
    if (this.isDigested) return encoded(new Uint8Array(0), encoding);
    return super.digest(encoding);
  }
  copy() { throw new TypeError('hmac.copy is not a function'); }
}

const createHash = (algorithm, options) => new Hash(new NativeHash(String(algorithm)), options);

function createHmac(algorithm, key, options) {
  if (!hasDigest(algorithm)) throw failure(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
  return new Hmac(new NativeHash(algorithm, secretOf('key', key)), options);
}

module.exports = { Hash, Hmac, createHash, createHmac, kHashes };
