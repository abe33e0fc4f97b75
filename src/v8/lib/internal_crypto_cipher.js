// Cipher and Decipher, which are streams too.
'use strict';

const { Cipher: NativeCipher } = binding('cipher');
const { Transform } = require('stream');
const { StringDecoder } = require('string_decoder');
const { failure, bytesOf, secretOf, encoded } = require('internal_crypto');

const kCiphers = ['128', '192', '256'].flatMap((size) =>
  ['cbc', 'ccm', 'cfb', 'cfb1', 'cfb8', 'ctr', 'ecb', 'gcm', 'ofb'].map((mode) => `aes-${size}-${mode}`))
  .concat('chacha20', 'chacha20-poly1305');

const codes = { 'Unknown cipher': 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Invalid initialization vector': 'ERR_CRYPTO_INVALID_IV' };

function makeNative(algorithm, key, vector, encrypts) {
  try {
    return new NativeCipher(String(algorithm), secretOf('key', key), vector === null ? null : bytesOf('iv', vector), encrypts);
  } catch (error) {
    if (codes[error.message] !== undefined) error.code = codes[error.message];
    throw error;
  }
}

class CipherBase extends Transform {
  constructor(algorithm, key, vector, options, encrypts) {
    super(options);
    this.native = makeNative(algorithm, key, vector, encrypts);
    this.tagLength = options?.authTagLength ?? 16;
    this.isFinished = false;
    this.decoder = undefined;
  }

  // A character may lie in two pieces.
  toOutput(bytes, encoding, isLast) {
    if (encoding === undefined || encoding === 'buffer') return encoded(bytes);
    this.decoder ??= new StringDecoder(encoding);
    const buffer = encoded(bytes);
    return isLast ? this.decoder.end(buffer) : this.decoder.write(buffer);
  }

  update(data, inputEncoding, outputEncoding) {
    return this.toOutput(this.native.update(bytesOf('data', data, inputEncoding)), outputEncoding, false);
  }

  final(outputEncoding) {
    if (this.isFinished) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation final');
    this.isFinished = true;
    return this.toOutput(this.native.finish(), outputEncoding, true);
  }

  setAutoPadding(enable = true) { this.native.setPadding(enable); return this; }
  setAAD(bytes) { this.native.authenticate(bytesOf('aadbuf', bytes)); return this; }

  _transform(chunk, encoding, callback) {
    this.push(this.update(chunk, encoding));
    callback();
  }
  _flush(callback) {
    try { this.push(this.final()); } catch (error) { return callback(error); }
    callback();
  }
}

class Cipheriv extends CipherBase {
  constructor(algorithm, key, vector, options) { super(algorithm, key, vector, options, true); }
  getAuthTag() {
    if (!this.isFinished) throw failure(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
    return encoded(this.native.getTag(this.tagLength));
  }
}

class Decipheriv extends CipherBase {
  constructor(algorithm, key, vector, options) { super(algorithm, key, vector, options, false); }
  setAuthTag(tag) { this.native.setTag(bytesOf('buffer', tag)); return this; }
}

module.exports = {
  Cipheriv, Decipheriv, getCiphers: () => [...kCiphers],
  createCipheriv: (...values) => new Cipheriv(...values), createDecipheriv: (...values) => new Decipheriv(...values),
};
