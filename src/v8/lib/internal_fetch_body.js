// The body of a Request or a Response: bytes that are there, or a stream that brings them. Only who asks
// for `body` gets a stream of the web.
'use strict';

const { Blob, bytesOfBlob, joined } = require('internal_blob');
const { TextEncoder, TextDecoder } = require('internal_encoding');
const { FormData, encodeForm, decodeForm } = require('internal_form_data');
const { Readable } = require('stream');

const isWebStream = (value) => typeof value?.getReader === 'function';

class Body {
  // `source` is a Uint8Array, a ReadableStream or a Readable; null for no body.
  constructor(source, type = null) {
    this.source = source;
    this.type = type;
    this.isRead = false;
  }

  static of(value) {
    if (value === undefined || value === null) return new Body(null);
    if (isWebStream(value)) {
      if (value.locked || value._disturbed) throw new TypeError('Response body object should not be disturbed or locked');
      return new Body(value);
    }
    if (value instanceof URLSearchParams)
      return new Body(new TextEncoder().encode(String(value)), 'application/x-www-form-urlencoded;charset=UTF-8');
    if (value instanceof Blob) return new Body(bytesOfBlob(value), value.type || null);
    if (value instanceof FormData) return new Body(...encodeForm(value));
    if (value instanceof ArrayBuffer) return new Body(new Uint8Array(value.slice(0)));
    if (ArrayBuffer.isView(value)) return new Body(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice());
    if (typeof value === 'object' && typeof value[Symbol.asyncIterator] === 'function') return new Body(Readable.from(value, { objectMode: false }));
    return new Body(new TextEncoder().encode(String(value)), 'text/plain;charset=UTF-8');
  }

  get isNone() { return this.source === null; }
  get isBytes() { return this.source instanceof Uint8Array; }
  get isUsed() { return this.isRead || (isWebStream(this.source) && this.source._disturbed === true); }
  get isUnusable() { return this.isUsed || (isWebStream(this.source) && this.source.locked); }

  // The same, as a stream of the web from now on.
  get stream() {
    if (this.isNone || isWebStream(this.source)) return this.source;
    const { ReadableStream } = require('stream_web');
    if (this.isBytes) {
      const bytes = this.source;
      this.source = new ReadableStream({
        start(controller) {
          if (bytes.length > 0) controller.enqueue(bytes);
          controller.close();
        },
      });
    } else {
      this.source = Readable.toWeb(this.source);
    }
    if (this.isRead) {
      // Who asks afterwards sees that it is over.
      const reader = this.source.getReader();
      reader.read().catch(() => {});
      reader.cancel().catch(() => {});
    }
    return this.source;
  }

  // All of it.
  async bytes() {
    if (this.isUnusable) throw new TypeError('Body is unusable');
    this.isRead = true;
    if (this.isNone) return new Uint8Array(0);
    if (this.isBytes) return this.source;
    const pieces = [];
    for await (const piece of this.source) {
      if (!(piece instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      pieces.push(piece);
    }
    return joined(pieces);
  }

  clone() {
    if (this.isNone || this.isBytes) return new Body(this.source, this.type);
    const [first, second] = this.stream.tee();
    this.source = first;
    return new Body(second, this.type);
  }

  // What goes out: bytes, or a Readable.
  get outgoing() { return isWebStream(this.source) ? Readable.fromWeb(this.source) : this.source; }
}

const kBody = Symbol('body');

// The part that Request and Response have in common.
class Message {
  get body() { return this[kBody].stream; }
  get bodyUsed() { return this[kBody].isUsed; }
  async arrayBuffer() {
    const bytes = await this[kBody].bytes();
    return bytes.slice().buffer;
  }
  async text() { return new TextDecoder().decode(await this[kBody].bytes()); }
  async json() { return JSON.parse(await this.text()); }
  async blob() { return new Blob([await this[kBody].bytes()], { type: this.headers.get('content-type') ?? '' }); }
  async formData() { return decodeForm(await this[kBody].bytes(), this.headers.get('content-type') ?? ''); }
}

module.exports = { Body, Message, kBody };
