// The module `dgram`.
'use strict';

const EventEmitter = require('events');
const { UDP, REUSEADDR } = binding('udp');
const { newError } = binding('process');
const { Buffer, asBuffer } = require('buffer');

class Socket extends EventEmitter {
  constructor(options, listener) {
    super();
    this.options = typeof options === 'string' ? { type: options } : options;
    this.type = this.options.type;
    this.handle = this.options.handle ?? new UDP();
    this.isBound = false;
    this.handle.onmessage = (count, bytes, sender) => {
      if (count < 0) return this.emit('error', newError(count, 'recvmsg'));
      this.emit('message', asBuffer(bytes), { ...sender, size: count });
    };
    this.handle.onclose = () => this.emit('close');
    if (listener) this.on('message', listener);
  }

  get any() { return this.type === 'udp6' ? '::' : '0.0.0.0'; }
  get loopback() { return this.type === 'udp6' ? '::1' : '127.0.0.1'; }

  bind(...values) {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    const { port = 0, address } = typeof values[0] === 'object' && values[0] !== null ? values[0]
      : { port: values[0], address: values[1] };
    if (callback) this.once('listening', callback);
    const error = this.handle.bind(address ?? this.any, port, this.options.reuseAddr ? REUSEADDR : 0);
    if (error !== 0) {
      process.nextTick(() => this.emit('error', newError(error, 'bind')));
      return this;
    }
    this.isBound = true;
    this.handle.receiveStart();
    process.nextTick(() => this.emit('listening'));
    return this;
  }

  send(message, ...values) {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    if (typeof values[1] === 'number') {
      const [offset, length] = values.splice(0, 2);
      message = Buffer.from(message).subarray(offset, offset + length);
    }
    const [port, address = this.loopback] = values;
    if (!this.isBound) this.bind();
    const list = Array.isArray(message) ? message : [message];
    const bytes = Buffer.concat(list.map((part) => typeof part === 'string' ? Buffer.from(part) : part));
    require('dns').lookup(address, (failure, found) => {
      if (failure) return callback ? callback(failure) : this.emit('error', failure);
      const request = { oncomplete: (status) => {
        if (callback) callback(status < 0 ? newError(status, 'send') : null, bytes.length);
      } };
      const error = this.handle.send(request, bytes, found, port);
      if (error !== 0 && callback) callback(newError(error, 'send'));
      else if (error !== 0) this.emit('error', newError(error, 'send'));
    });
  }

  address() {
    const name = this.handle.getsockname();
    if (typeof name === 'number') throw newError(name, 'getsockname');
    return name;
  }
  setBroadcast(enable) { this.handle.setBroadcast(enable); }
  close(callback) { if (callback) this.once('close', callback); this.handle.close(); return this; }
  ref() { this.handle.ref(); return this; }
  unref() { this.handle.unref(); return this; }
}

// A socket that another process has bound.
function fromHandle(handle) {
  const socket = new Socket({ type: 'udp4', handle });
  socket.isBound = true;
  handle.receiveStart();
  return socket;
}

module.exports = { Socket, fromHandle, createSocket: (options, listener) => new Socket(options, listener) };
