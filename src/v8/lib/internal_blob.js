// Blob and File: bytes that do not change, with a type.
'use strict';

const { withCode, invalidType } = require('internal_errors');
const { TextEncoder, TextDecoder } = require('internal_encoding');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kPieceSize = 65536;

function bytesOf(part, endings) {
  if (part instanceof Blob) return bytesOfBlob(part);
  if (part instanceof ArrayBuffer || part instanceof SharedArrayBuffer) return new Uint8Array(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  const text = String(part);
  return new TextEncoder().encode(endings === 'native' ? text.replace(/\r\n?/g, '\n') : text);
}

function joined(pieces) {
  const all = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

class Blob {
  #bytes;
  #type;
  constructor(parts = [], options = {}) {
    if (parts === null || typeof parts !== 'object' || typeof parts[Symbol.iterator] !== 'function')
      throw invalidType('sources', 'a sequence', parts);
    if (options !== undefined && options !== null && typeof options !== 'object') throw invalidType('options', 'object', options);
    const endings = options?.endings ?? 'transparent';
    if (endings !== 'transparent' && endings !== 'native')
      throw withCode(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.endings' is invalid. Received '${endings}'`);
    this.#bytes = joined([...parts].map((part) => bytesOf(part, endings)));
    this.#type = typed(options?.type);
  }

  static bytesOf(blob) { return blob.#bytes; }
  // The same memory, seen in part.
  static view(bytes, type) {
    const made = new Blob([], { type });
    made.#bytes = bytes;
    return made;
  }

  get size() { return this.#bytes.length; }
  get type() { return this.#type; }
  slice(start = 0, end = this.size, type = '') { return viewOf(this.#bytes.slice(start, end), type); }
  async arrayBuffer() { return this.#bytes.slice().buffer; }
  async text() { return new TextDecoder().decode(this.#bytes); }

  stream() {
    const bytes = this.#bytes;
    let at = 0;
    return new (require('stream_web').ReadableStream)({
      type: 'bytes',
      pull(controller) {
        if (at >= bytes.length) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        controller.enqueue(bytes.slice(at, at + kPieceSize));
        at += kPieceSize;
      },
    }, { highWaterMark: 0 });
  }

  get [Symbol.toStringTag]() { return 'Blob'; }
  [custom](depth, options, inspect) {
    return depth < 0 ? '[Blob]' : `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}
const { bytesOf: bytesOfBlob, view: viewOf } = Blob;
delete Blob.bytesOf;
delete Blob.view;
for (const name of ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer'])
  Object.defineProperty(Blob.prototype, name, { enumerable: true });

const typed = (type = '') => /[^\x20-\x7e]/.test(type) ? '' : String(type).toLowerCase();

class File extends Blob {
  #name;
  #lastModified;
  constructor(parts, name, options = {}) {
    if (arguments.length < 2) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "sources" and "fileName" arguments must be specified');
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Number(options.lastModified);
  }
  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
  get [Symbol.toStringTag]() { return 'File'; }
  [custom](depth, options, inspect) {
    const { size, type, name, lastModified } = this;
    return depth < 0 ? '[File]' : `File ${inspect({ size, type, name, lastModified }, options)}`;
  }
}

module.exports = { Blob, File, bytesOfBlob, joined };
