// The module `stream/web`: the npm package web-streams-polyfill, and the streams that encode and compress.
'use strict';

const { requireInternal } = require('internal_require');
const { resolvePackaged } = requireInternal('internal_packages');
const packaged = requireInternal(resolvePackaged('', 'web-streams-polyfill'));
const { TextEncoder, TextDecoder } = require('internal_encoding');
const { invalidValue } = require('internal_errors');

const custom = Symbol.for('nodejs.util.inspect.custom');
const { ReadableStream, WritableStream, TransformStream } = packaged;

function show(Class, describe) {
  Object.defineProperty(Class.prototype, custom, {
    configurable: true,
    value(depth, options, inspect) {
      return depth < 0 ? `${Class.name} [Object]` : `${Class.name} ${inspect(describe(this), { ...options, depth })}`;
    },
  });
}
// What the package keeps of a stream tells its state.
show(ReadableStream, (stream) => ({ locked: stream.locked, state: stream._state,
                                    supportsBYOB: stream._readableStreamController instanceof packaged.ReadableByteStreamController }));
show(WritableStream, (stream) => ({ locked: stream.locked, state: stream._state }));
show(TransformStream, (stream) => ({ readable: stream.readable, writable: stream.writable, backpressure: stream._backpressure }));

// A pair of streams around a transformer.
class Pair {
  #pair;
  constructor(transformer) { this.#pair = new TransformStream(transformer); }
  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}

class TextEncoderStream extends Pair {
  constructor() {
    const encoder = new TextEncoder();
    let half = '';      // the first half of a letter that is written in two
    super({
      transform(chunk, controller) {
        const text = half + String(chunk);
        half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
        const bytes = encoder.encode(half === '' ? text : text.slice(0, -1));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush(controller) { if (half !== '') controller.enqueue(encoder.encode('\ufffd')); },
    });
  }
  get encoding() { return 'utf-8'; }
}

class TextDecoderStream extends Pair {
  #decoder;
  constructor(encoding, options) {
    const decoder = new TextDecoder(encoding, options);
    super({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    this.#decoder = decoder;
  }
  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
}

// A transform of zlib, seen from the web.
class ZlibPair extends Pair {
  constructor(kinds, format) {
    if (kinds[format] === undefined) throw invalidValue('format', format, "must be one of: 'deflate', 'deflate-raw', 'gzip'");
    const zlib = require('zlib')[kinds[format]]();
    let failure;
    const written = (bytes) => new Promise((resolve, reject) => {
      failure = reject;
      zlib.write(bytes, (error) => error ? reject(error) : resolve());
    });
    super({
      start(controller) {
        zlib.on('data', (bytes) => controller.enqueue(new Uint8Array(bytes)));
        zlib.on('error', (error) => { failure?.(error); controller.error(error); });
      },
      transform: (chunk) => written(ArrayBuffer.isView(chunk) ? chunk : new Uint8Array(chunk)),
      flush: () => new Promise((resolve, reject) => {
        failure = reject;
        zlib.on('end', resolve);
        zlib.end();
      }),
    });
  }
}
class CompressionStream extends ZlibPair {
  constructor(format) { super({ 'gzip': 'createGzip', 'deflate': 'createDeflate', 'deflate-raw': 'createDeflateRaw' }, format); }
}
class DecompressionStream extends ZlibPair {
  constructor(format) { super({ 'gzip': 'createGunzip', 'deflate': 'createInflate', 'deflate-raw': 'createInflateRaw' }, format); }
}

for (const [Class, names] of [[TextEncoderStream, ['encoding']], [TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM']],
                              [CompressionStream, []], [DecompressionStream, []]]) {
  show(Class, (stream) => Object.fromEntries([...names, 'readable', 'writable'].map((name) => [name, stream[name]])));
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { ...packaged, TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream };
