// TextEncoder and TextDecoder (UTF-8, Latin 1, UTF-16LE).
'use strict';

const { utf8Encode, utf8Decode, latin1Decode } = binding('buffer');

class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return utf8Encode(String(text)); }
  encodeInto(text, target) {
    const bytes = utf8Encode(text);
    const written = Math.min(bytes.length, target.length);
    target.set(bytes.subarray(0, written));
    return { read: text.length, written };
  }
}

class TextDecoder {
  #waiting;
  #isBegun = false;
  constructor(encoding = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    this.encoding = String(encoding).toLowerCase().replace(/^utf8$/, 'utf-8');
    this.fatal = fatal;
    this.ignoreBOM = ignoreBOM;
    if (!['utf-8', 'latin1', 'iso-8859-1', 'utf-16le'].includes(this.encoding)) {
      throw Object.assign(new RangeError(`The "${encoding}" encoding is not supported`),
                          { code: 'ERR_ENCODING_NOT_SUPPORTED' });
    }
  }

  decode(input = new Uint8Array(0), { stream = false } = {}) {
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
    const text = this.textOf(bytes, stream);
    if (this.fatal && text.includes('\uFFFD')) {
      throw Object.assign(new TypeError('The encoded data was not valid for encoding utf-8'),
                          { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
    }
    const isFirst = !this.#isBegun;
    this.#isBegun = stream && (this.#isBegun || text !== '');
    return isFirst && !this.ignoreBOM && text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  // A letter that comes in pieces waits for its rest while more is to come.
  textOf(bytes, isMoreToCome) {
    if (isMoreToCome || this.#waiting !== undefined) {
      this.#waiting ??= new (require('string_decoder').StringDecoder)(this.encoding.replace(/^iso-8859-1$/, 'latin1'));
      const text = this.#waiting.write(Buffer.from(bytes));
      if (isMoreToCome) return text;
      const rest = this.#waiting.end();
      this.#waiting = undefined;
      return text + rest;
    }
    if (this.encoding === 'utf-16le') return Buffer.from(bytes).toString('utf16le');
    return this.encoding === 'utf-8' ? utf8Decode(bytes, 0, bytes.length) : latin1Decode(bytes, 0, bytes.length);
  }
}

module.exports = { TextEncoder, TextDecoder };
