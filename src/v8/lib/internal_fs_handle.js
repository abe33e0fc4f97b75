// FileHandle: an open file of fs.promises.
'use strict';

const EventEmitter = require('events');
const { Buffer } = require('buffer');

let fs, promises, native, transferArguments, writeArguments;

const closedError = (syscall) => Object.assign(new Error('file closed'), { code: 'EBADF', syscall });

class FileHandle extends EventEmitter {
  #fd;
  constructor(fd) { super(); this.#fd = fd; }
  get fd() { return this.#fd; }
  async close() { const fd = this.#fd; this.#fd = -1; if (fd >= 0) await promises.close(fd); this.emit('close'); }
  async read(buffer = Buffer.alloc(16384), offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) ({ buffer = Buffer.alloc(16384), offset, length, position } = buffer);
    if (this.#fd < 0) throw closedError('read');
    const [view, at] = transferArguments(buffer, offset, length, position);
    const bytesRead = await new Promise((resolve, reject) => native.read(
      this.fd, view, at, { oncomplete: (error, count) => error ? reject(error) : resolve(count) }));
    return { bytesRead, buffer };
  }
  async write(data, ...rest) {
    if (this.#fd < 0) throw closedError('write');
    const [view, at] = writeArguments(data, ...rest);
    const bytesWritten = await new Promise((resolve, reject) => native.write(
      this.fd, view, at, { oncomplete: (error, count) => error ? reject(error) : resolve(count) }));
    return { bytesWritten, buffer: data };
  }
  async writev(buffers, position) {
    const { bytesWritten } = await this.write(Buffer.concat(buffers), 0, undefined, position);
    return { bytesWritten, buffers };
  }
  async readv(buffers, position) {
    let bytesRead = 0;
    for (const buffer of buffers) {
      const at = typeof position === 'number' ? position + bytesRead : null;
      const { bytesRead: count } = await this.read(buffer, 0, buffer.byteLength, at);
      bytesRead += count;
      if (count < buffer.byteLength) break;
    }
    return { bytesRead, buffers };
  }
  createReadStream(options) { return fs.createReadStream(null, { ...options, fd: this }); }
  createWriteStream(options) { return fs.createWriteStream(null, { ...options, fd: this }); }
  readLines(options) { return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity }); }
  async [Symbol.asyncDispose]() { await this.close(); }
}

// The rest is what fs.promises does with a descriptor.
for (const [name, call] of [['stat', 'fstat'], ['sync', 'fsync'], ['datasync', 'fdatasync'], ['truncate', 'ftruncate'], ['chmod', 'fchmod'],
                            ['chown', 'fchown'], ['utimes', 'futimes'], ['readFile', 'readFile'], ['writeFile', 'writeFile'],
                            ['appendFile', 'appendFile']]) {
  const syscall = /^(write|append)File$/.test(name) ? 'write' : name === 'readFile' ? 'read' : call;
  const run = { async [name](...values) {
    if (this.fd < 0) throw closedError(syscall);
    return promises[call](this.fd, ...values);
  } }[name];
  Object.defineProperty(FileHandle.prototype, name, { value: run, writable: true, configurable: true });
}

function adopt(parts) { ({ fs, promises, native, transferArguments, writeArguments } = parts); }

module.exports = { FileHandle, adopt };
