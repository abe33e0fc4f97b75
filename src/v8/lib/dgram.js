// The module `dgram`.
'use strict';

const EventEmitter = require('events');
const { UDP, REUSEADDR, IPV6ONLY } = binding('udp');
const { newError, errorName } = binding('process');
const { Buffer, asBuffer } = require('buffer');
const { withCode, invalidType, received } = require('internal_errors');

function callError(status, syscall, more) {
  const error = newError(status, syscall);
  error.message = `${syscall} ${errorName(status)}${more?.address === undefined ? '' : ` ${more.address}${more.port ? `:${more.port}` : ''}`}`;
  return Object.assign(error, more);
}

function checkPort(port, isZeroAllowed = false) {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number < 65536 && (isZeroAllowed ? number >= 0 : number > 0)) return number;
  throw withCode(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be ${isZeroAllowed ? '>=' : '>'} 0 and < 65536. Received ${received(port)}.`);
}

// The message as bytes: a text, bytes, or a list of these.
function bytesOf(message, name = 'buffer') {
  if (typeof message === 'string') return Buffer.from(message);
  if (ArrayBuffer.isView(message)) return Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (Array.isArray(message) && message.every((part) => typeof part === 'string' || ArrayBuffer.isView(part)))
    return Buffer.concat(message.map((part) => bytesOf(part)));
  if (Array.isArray(message)) throw invalidType('buffer list arguments', 'string or an instance of Buffer, TypedArray, or DataView', message);
  throw invalidType(name, 'string or an instance of Buffer, TypedArray, or DataView', message);
}

const kOptions = { setBroadcast: 'state', setTTL: 'ttl', setMulticastTTL: 'ttl', setMulticastLoopback: 'arg' };

class Socket extends EventEmitter {
  constructor(options, listener) {
    super();
    this.options = typeof options === 'string' ? { type: options } : options ?? {};
    this.type = this.options.type;
    if (this.type !== 'udp4' && this.type !== 'udp6')
      throw withCode(TypeError, 'ERR_SOCKET_BAD_TYPE', 'Bad socket type specified. Valid types are: udp4, udp6');
    this.handle = this.options.handle ?? new UDP();
    this.isBound = this.isConnected = false;
    this.handle.onmessage = (count, bytes, sender) => {
      if (count < 0) return this.emit('error', newError(count, 'recvmsg'));
      this.emit('message', asBuffer(bytes), { ...sender, size: count });
    };
    if (listener) this.on('message', listener);
    const { signal } = this.options;
    if (signal?.aborted) process.nextTick(() => this.close());
    else signal?.addEventListener('abort', () => { if (this.handle !== null) this.close(); }, { once: true });
  }

  get any() { return this.type === 'udp6' ? '::' : '0.0.0.0'; }
  get loopback() { return this.type === 'udp6' ? '::1' : '127.0.0.1'; }

  running() {
    if (this.handle === null) throw withCode(Error, 'ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running');
    return this.handle;
  }

  // The address that a name has; what is one already needs no look-up, but the same patience.
  lookUp(address, callback) {
    const look = this.options.lookup ?? require('dns').lookup;
    look(address, this.type === 'udp6' ? 6 : 4, callback);
  }

  bind(...values) {
    this.running();
    if (this.isBound) throw withCode(Error, 'ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound');
    this.isBound = true;
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    const { port = 0, address } = typeof values[0] === 'object' && values[0] !== null ? values[0]
      : { port: values[0], address: values[1] };
    if (callback) this.once('listening', callback);
    const flags = (this.options.reuseAddr ? REUSEADDR : 0) | (this.options.ipv6Only ? IPV6ONLY : 0);
    this.lookUp(address || this.any, (failure, found) => {
      if (this.handle === null) return;
      if (failure) { this.isBound = false; return this.emit('error', failure); }
      const error = this.handle.bind(found, Number(port ?? 0), flags);
      if (error !== 0) {
        this.isBound = false;
        return this.emit('error', callError(error, 'bind', { address: found, ...port > 0 ? { port } : {} }));
      }
      for (const [option, method] of [['recvBufferSize', 'setRecvBufferSize'], ['sendBufferSize', 'setSendBufferSize']])
        if (this.options[option]) this[method](this.options[option]);
      this.isReceiving = true;
      this.handle.receiveStart();
      this.emit('listening');
    });
    return this;
  }

  whenBound(action) {
    if (!this.isBound) this.bind({ port: 0 });
    if (this.isReceiving) action(); else this.once('listening', action);
  }

  connect(port, address, callback) {
    if (typeof address === 'function') [address, callback] = [undefined, address];
    port = checkPort(port);
    if (this.isConnected) throw withCode(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected');
    this.running();
    this.isConnected = true;
    if (callback) this.once('connect', callback);
    this.whenBound(() => this.lookUp(address || this.loopback, (failure, found) => {
      const error = failure ?? this.handle?.connect(found, port);
      if (error === 0) return this.emit('connect');
      this.isConnected = false;
      const told = typeof error === 'number' ? callError(error, 'connect', { address: found, port }) : error;
      if (callback) { this.removeListener('connect', callback); callback(told); } else this.emit('error', told);
    }));
  }

  disconnect() {
    if (!this.isConnected) throw withCode(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    this.isConnected = false;
    const error = this.running().connect();
    if (error !== 0) throw callError(error, 'disconnect');
  }

  // send(message[, offset, length][, port][, address][, callback])
  send(message, ...values) {
    this.running();
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    const hasSlice = !Array.isArray(message) && (typeof values[1] === 'number');
    let bytes = bytesOf(message);
    if (hasSlice) {
      const [offset, length] = values.splice(0, 2);
      if (offset > bytes.length) throw withCode(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
      if (offset + length > bytes.length) throw withCode(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
      bytes = bytes.subarray(offset, offset + length);
    }
    const [port, address] = values;
    if (!this.isConnected) checkPort(port);
    if (address !== undefined && address !== null && address !== '' && typeof address !== 'string') throw invalidType('address', 'string', address);
    const fail = (error) => { if (callback) callback(error); else this.emit('error', error); };
    this.whenBound(() => {
      if (this.isConnected) return this.sendTo(bytes, undefined, undefined, callback, fail);
      this.lookUp(address || this.loopback, (failure, found) => {
        if (failure) return fail(failure);
        if (this.handle !== null) this.sendTo(bytes, found, Number(port), callback, fail);
      });
    });
  }

  sendTo(bytes, address, port, callback, fail) {
    const request = { oncomplete: (status) => {
      if (status < 0 && callback) callback(callError(status, 'send', address === undefined ? undefined : { address, port }));
      else if (callback) callback(null, bytes.length);
    } };
    const error = this.handle.send(request, bytes, address, port);
    if (error !== 0) process.nextTick(fail, callError(error, 'send', address === undefined ? undefined : { address, port }));
  }

  nameOf(method) {
    const name = this.running()[method]();
    if (typeof name === 'number') throw newError(name, method);
    return name;
  }
  address() { return this.nameOf('getsockname'); }
  remoteAddress() {
    this.running();
    if (!this.isConnected) throw withCode(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    return this.nameOf('getpeername');
  }

  setMulticastInterface(address) {
    if (typeof address !== 'string') throw invalidType('interfaceAddress', 'string', address);
    const error = this.running().setMulticastInterface(address);
    if (error !== 0) throw callError(error, 'setMulticastInterface');
  }
  addMembership(group, own) {
    if (!group) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "multicastAddress" argument must be specified');
    if (!this.isBound) this.bind({ port: 0, exclusive: true });
    this.changeMembership(group, own, true);
  }
  dropMembership(group, own) {
    if (!group) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "multicastAddress" argument must be specified');
    this.changeMembership(group, own, false);
  }
  changeMembership(group, own, join) {
    const error = this.running().setMembership(group, own, join);
    if (error !== 0) throw callError(error, join ? 'addMembership' : 'dropMembership');
  }

  getRecvBufferSize() { return this.bufferSize('receiveBufferSize', 'recv', 0); }
  getSendBufferSize() { return this.bufferSize('sendBufferSize', 'send', 0); }
  setRecvBufferSize(size) { this.bufferSize('receiveBufferSize', 'recv', size); }
  setSendBufferSize(size) { this.bufferSize('sendBufferSize', 'send', size); }
  bufferSize(method, which, size) {
    if (typeof size !== 'number' || size < 0) throw withCode(TypeError, 'ERR_SOCKET_BAD_BUFFER_SIZE', 'Buffer size must be a positive integer');
    const result = this.running()[method](size);
    if (result >= 0) return result;
    throw withCode(Error, 'ERR_SOCKET_BUFFER_SIZE', `Could not get or set buffer size: uv_${which}_buffer_size returned ${errorName(result)}`);
  }
  getSendQueueSize() { return this.running().sendQueueSize(); }
  getSendQueueCount() { return this.running().sendQueueCount(); }

  close(callback) {
    if (callback) this.once('close', callback);
    this.running().close();
    this.handle = null;
    process.nextTick(() => this.emit('close'));
    return this;
  }
  ref() { this.handle?.ref(); return this; }
  unref() { this.handle?.unref(); return this; }
}

for (const [method, argument] of Object.entries(kOptions)) {
  Socket.prototype[method] = function(value) {
    if (argument === 'ttl' && typeof value !== 'number') throw invalidType('ttl', 'number', value);
    const error = this.running()[method](Number(value));
    if (error !== 0) throw callError(error, method);
    return argument === 'state' ? undefined : value;
  };
}

// A socket that another process has bound.
function fromHandle(handle) {
  const socket = new Socket({ type: 'udp4', handle });
  socket.isBound = socket.isReceiving = true;
  handle.receiveStart();
  return socket;
}

module.exports = { Socket, createSocket: (options, listener) => new Socket(options, listener) };
Object.defineProperty(module.exports, 'fromHandle', { value: fromHandle });
