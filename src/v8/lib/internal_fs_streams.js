// fs.createReadStream() and fs.createWriteStream().
'use strict';

const { Readable, Writable } = require('stream');
const { Buffer } = require('buffer');
const fs = require('fs');
const { outOfRange } = require('internal_errors');

// Opens before the first use, closes after the last.
function openFirst(stream, callback) {
  if (stream.fd !== null) return callback();
  fs.open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) return callback(error);
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

function closeLast(stream, error, callback) {
  if (stream.fd === null || !stream.autoClose) return callback(error);
  const { fd } = stream;
  stream.fd = null;
  if (stream.handle !== null) return stream.handle.close().then(() => callback(error), callback);
  fs.close(fd, (failure) => callback(error ?? failure));
}

const optionsOf = (options) => typeof options === 'string' ? { encoding: options } : options ?? {};

class ReadStream extends Readable {
  constructor(path, options) {
    const { fd = null, flags = 'r', mode = 0o666, start, end = Infinity, autoClose = true,
            highWaterMark = 64 * 1024, encoding, signal } = optionsOf(options);
    if (typeof start === 'number' && start > end) throw outOfRange('start', `<= "end" (here: ${end})`, start);
    super({ highWaterMark, encoding, signal, emitClose: true, autoDestroy: autoClose });
    Object.assign(this, { path: path ?? undefined, fd: typeof fd === 'object' && fd !== null ? fd.fd : fd, handle: typeof fd === 'object' ? fd : null, flags, mode, start,
                          end, autoClose, bytesRead: 0, position: start });
  }
  _construct(callback) { openFirst(this, callback); }
  _read(size) {
    const left = this.end - (this.start ?? 0) + 1 - this.bytesRead;
    const length = Math.min(size, left);
    if (length <= 0) return this.push(null);
    fs.read(this.fd, Buffer.allocUnsafeSlow(length), 0, length, this.position ?? null,
            (error, count, chunk) => {
              if (error) return this.destroy(error);
              this.bytesRead += count;
              if (this.position !== undefined) this.position += count;
              this.push(count === 0 ? null : chunk.subarray(0, count));
            });
  }
  _destroy(error, callback) { closeLast(this, error, callback); }
  get pending() { return this.fd === null; }
  close(callback) { if (callback) this.once('close', callback); this.destroy(); }
}

class WriteStream extends Writable {
  constructor(path, options) {
    const { fd = null, flags = 'w', mode = 0o666, start, autoClose = true, encoding,
            highWaterMark, signal } = optionsOf(options);
    super({ highWaterMark, signal, decodeStrings: true, defaultEncoding: encoding ?? 'utf8', emitClose: true,
            autoDestroy: autoClose });
    Object.assign(this, { path: path ?? undefined, fd: typeof fd === 'object' && fd !== null ? fd.fd : fd, handle: typeof fd === 'object' ? fd : null, flags, mode, start,
                          autoClose, bytesWritten: 0, position: start });
  }
  _construct(callback) { openFirst(this, callback); }
  _write(chunk, encoding, callback) {
    fs.write(this.fd, chunk, 0, chunk.length, this.position ?? null, (error, count) => {
      if (error) return callback(error);
      this.bytesWritten += count;
      if (this.position !== undefined) this.position += count;
      if (count === chunk.length) callback(); else this._write(chunk.subarray(count), encoding, callback);
    });
  }
  _writev(chunks, callback) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', callback);
  }
  _destroy(error, callback) { closeLast(this, error, callback); }
  get pending() { return this.fd === null; }
  close(callback) { if (callback) this.once('close', callback); this.end(); }
}

module.exports = {
  ReadStream, WriteStream,
  createReadStream: (path, options) => new ReadStream(path, options),
  createWriteStream: (path, options) => new WriteStream(path, options),
};
