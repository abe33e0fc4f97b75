// process.stdin, stdout and stderr. Files and terminals are written to at once, as people expect of
// console.log() before a crash; pipes go through the loop.
'use strict';

const { guessHandle, TTY } = binding('tty');
const { write } = binding('fs');
const { Buffer } = require('buffer');
const { Writable, Readable } = require('stream');

// What nobody can read any more is lost.
function writeAll(descriptor, bytes) {
  for (let done = 0; done < bytes.length;) {
    try {
      done += write(descriptor, bytes.subarray(done), -1);
    } catch (error) {
      if (error.code !== 'EAGAIN') return;
    }
  }
}

class DescriptorWriter extends Writable {
  constructor(descriptor) {
    super({ decodeStrings: false });
    this.fd = descriptor;
  }
  _write(chunk, encoding, callback) {
    writeAll(this.fd, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    callback();
  }
}

function openWriter(descriptor) {
  const stream = new DescriptorWriter(descriptor);
  if (guessHandle(descriptor) === 'tty') {
    const size = new TTY(descriptor);
    size.unref();
    stream.isTTY = true;
    [stream.columns, stream.rows] = size.getWindowSize();
    size.close();
  }
  stream._type = guessHandle(descriptor);
  return stream;
}

// While it is paused nothing is read, so that it does not keep the program alive.
function pausable(socket) {
  const read = socket._read;
  socket._read = () => { if (!socket.isPaused()) read.call(socket); };
  socket.on('pause', () => socket._handle?.readStop());
  socket.on('resume', () => socket._handle?.readStart());
  return socket;
}

function openReader(descriptor) {
  const type = guessHandle(descriptor);
  if (type === 'file') return require('fs').createReadStream(null, { fd: descriptor, autoClose: false });
  const { Socket } = require('net');
  if (type === 'tty') {
    const handle = new TTY(descriptor);
    const socket = Object.assign(pausable(new Socket({ handle })), { fd: descriptor, isTTY: true });
    socket.setRawMode = (mode) => { handle.setRawMode(mode); socket.isRaw = mode; return socket; };
    return socket;
  }
  if (type === 'pipe' || type === 'tcp') return Object.assign(pausable(new Socket({ fd: descriptor, writable: false })), { fd: descriptor });
  return Object.assign(new Readable({ read() { this.push(null); } }), { fd: descriptor });
}

function open(descriptor) {
  return descriptor === 0 ? openReader(descriptor) : openWriter(descriptor);
}

module.exports = { open };
