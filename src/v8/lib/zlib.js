// The module `zlib`: streams that compress and their opposite, on the thread pool, and the same at once.
'use strict';

const native = binding('zlib');
const { Transform } = require('stream');
const { Buffer, kMaxLength } = require('buffer');

const constants = {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5,
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4,
  Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
  Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0,
  Z_MIN_WINDOWBITS: 8, Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9,
  Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1,
  Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity, Z_DEFAULT_CHUNK: 16384,
};
const codes = {};
for (const name of ['Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR',
                    'Z_BUF_ERROR', 'Z_VERSION_ERROR']) {
  codes[name] = constants[name];
  codes[constants[name]] = name;
}

// In C++'s order.
const modes = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip'];
const isCompressing = (name) => /^(Deflate|Gzip)/.test(name);

function option(options, name, low, high, otherwise) {
  const value = options[name] ?? otherwise;
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw Object.assign(new RangeError(`The value of "options.${name}" is out of range. It must be >= ${low} and <= ${high}. Received ${value}`),
                      { code: 'ERR_OUT_OF_RANGE' });
}

function errorOf(status, message) {
  const text = status === constants.Z_BUF_ERROR ? 'unexpected end of file'
    : status === constants.Z_NEED_DICT ? 'Missing dictionary' : message ?? 'Zlib error';
  return Object.assign(new Error(text), { errno: status, code: codes[status] });
}

function bytesOf(data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw Object.assign(new TypeError('The "buffer" argument must be of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer.'),
                      { code: 'ERR_INVALID_ARG_TYPE' });
}

class ZlibBase extends Transform {
  constructor(name, options = {}) {
    super(options);
    this.mode = name;
    this.chunkSize = option(options, 'chunkSize', 64, Infinity, 16384);
    this.flushing = option(options, 'flush', 0, 5, constants.Z_NO_FLUSH);
    this.finishing = option(options, 'finishFlush', 0, 5, constants.Z_FINISH);
    this.maxOutputLength = options.maxOutputLength ?? kMaxLength ?? 2 ** 32;
    this.bytesWritten = 0;
    this.isOver = false;      // behind the last member; what follows is no data
    const bits = option(options, 'windowBits', isCompressing(name) || options.windowBits !== 0 ? 8 : 0, 15, 15);
    this.native = new native.Zlib(modes.indexOf(name), option(options, 'level', -1, 9, -1), bits,
                                  option(options, 'memLevel', 1, 9, 8), option(options, 'strategy', 0, 4, 0),
                                  options.dictionary === undefined ? undefined : bytesOf(options.dictionary));
  }

  // What a step has brought: undefined when the input is used up, else the rest of it.
  take([status, inLeft, outLeft, message], input, out, flush, push) {
    const made = out.length - outLeft;
    this.bytesWritten += input.length - inLeft;
    if (made > 0) push(out.subarray(0, made));
    const rest = input.subarray(input.length - inLeft);
    if (status === constants.Z_STREAM_END) return this.takeNextMember(rest);
    if (status < 0 && status !== constants.Z_BUF_ERROR) throw errorOf(status, message);
    if (status === constants.Z_NEED_DICT) throw errorOf(status);
    if (outLeft === 0) return rest;
    if (!isCompressing(this.mode) && flush === constants.Z_FINISH && this.hasInput) throw errorOf(constants.Z_BUF_ERROR);
    return undefined;
  }

  // gzip files may be put behind each other; zeros behind the last are padding.
  takeNextMember(rest) {
    this.hasInput = false;
    if (rest.length > 0 && rest[0] !== 0 && (this.mode === 'Gunzip' || this.mode === 'Unzip')) {
      this.native.reset();
      this.hasInput = true;
      return rest;
    }
    this.isOver = !isCompressing(this.mode);
    return undefined;
  }

  runNow(input, flush) {
    const pieces = [];
    let size = 0;
    const push = (piece) => {
      size += piece.length;
      if (size > this.maxOutputLength) throw tooLarge(this.maxOutputLength);
      pieces.push(piece);
    };
    this.hasInput = true;
    for (let rest = input; rest !== undefined && !this.isOver;) {
      const out = Buffer.allocUnsafe(this.chunkSize);
      rest = this.take(this.native.write(undefined, flush, rest, out), rest, out, flush, push);
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  }

  run(input, flush, callback) {
    if (this.isOver || this.native === null) return callback();
    const out = Buffer.allocUnsafe(this.chunkSize);
    this.isBusy = true;
    this.native.write({ oncomplete: (result) => {
      this.isBusy = false;
      if (this.destroyed) return this.release();
      let rest;
      try {
        rest = this.take(result, input, out, flush, (piece) => this.push(piece));
      } catch (error) {
        return callback(error);
      }
      if (rest === undefined) callback(); else this.run(rest, flush, callback);
    } }, flush, input, out);
  }

  _transform(chunk, encoding, callback) {
    if (chunk === kFlush) return this.run(Buffer.alloc(0), this.flushKind, callback);
    if (chunk.length > 0) this.hasInput = true;
    this.run(bytesOf(chunk, encoding), this.flushing, callback);
  }
  _flush(callback) {
    if (!isCompressing(this.mode) && !this.hasInput) return callback();
    this.run(Buffer.alloc(0), this.finishing, callback);
  }

  // Behind what has been written so far.
  flush(kind, callback) {
    if (typeof kind === 'function') [kind, callback] = [undefined, kind];
    this.flushKind = kind ?? constants.Z_FULL_FLUSH;
    if (this.writableEnded) { if (callback) process.nextTick(callback); return; }
    this.write(kFlush, '', callback);
  }

  params(level, strategy, callback) { process.nextTick(callback, null); }
  reset() { this.native?.reset(); }

  close(callback) {
    if (callback) this.once('close', callback);
    this.destroy();
  }
  // Not under the hands of the pool.
  _destroy(error, callback) {
    if (!this.isBusy) this.release();
    callback(error);
  }
  release() {
    this.native?.close();
    this.native = null;
  }
}
const kFlush = Buffer.alloc(0);

function tooLarge(limit) {
  return Object.assign(new RangeError(`Cannot create a Buffer larger than ${limit} bytes`), { code: 'ERR_BUFFER_TOO_LARGE' });
}

function collect(stream, input, callback) {
  const pieces = [];
  let size = 0;
  stream.on('data', (piece) => {
    pieces.push(piece);
    size += piece.length;
    if (size > stream.maxOutputLength) stream.destroy(tooLarge(stream.maxOutputLength));
  });
  stream.on('error', (error) => callback(error));
  stream.on('end', () => callback(null, Buffer.concat(pieces)));
  stream.end(input);
}

module.exports = { constants, codes, ...constants };
for (const name of modes) {
  const Kind = { [name]: class extends ZlibBase { constructor(options) { super(name, options); } } }[name];
  const short = name[0].toLowerCase() + name.slice(1);
  module.exports[name] = Kind;
  module.exports[`create${name}`] = (options) => new Kind(options);
  module.exports[short] = (data, options, callback) => {
    if (typeof options === 'function') [options, callback] = [undefined, options];
    collect(new Kind(options), bytesOf(data), callback);
  };
  module.exports[`${short}Sync`] = (data, options) => {
    const made = new Kind(options);
    try {
      return made.runNow(bytesOf(data), made.finishing);
    } finally {
      made.release();
    }
  };
}
