// The module `net`: TCP and Unix sockets as streams.
'use strict';

const { Duplex } = require('stream');
const EventEmitter = require('events');
const { asBuffer, Buffer } = require('buffer');
const { TCP, IPV6ONLY } = binding('tcp');
const { Pipe } = binding('pipe');
const { guessHandle } = binding('tty');
const { isIP } = binding('dns');
const { newError, errorName } = binding('process');
const { withCode, invalidType, invalidValue, received } = require('internal_errors');

const kEndOfFile = -4095;

function connectError(status, { address, port, path }) {
  const error = newError(status, 'connect');
  const where = path ?? `${address}:${port}`;
  error.message = `connect ${errorName(status)} ${where}`;
  return Object.assign(error, path !== undefined ? { address: path } : { address, port });
}

function checkPort(port, name) {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 65536) return number;
  throw withCode(RangeError, 'ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. Received ${received(port)}.`);
}

class Socket extends Duplex {
  constructor(options = {}) {
    super({ allowHalfOpen: options.allowHalfOpen ?? false, emitClose: false, autoDestroy: true,
            decodeStrings: true, signal: options.signal, highWaterMark: options.highWaterMark });
    this.connecting = false;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    this._handle = null;
    this.timer = null;
    if (options.onread !== null && typeof options.onread === 'object') this.onread = options.onread;
    if (options.handle) this.adopt(options.handle);
    else if (options.fd !== undefined) this.openDescriptor(options.fd);
    if (options.writable === false) this.end();
  }

  openDescriptor(descriptor) {
    const handle = guessHandle(descriptor) === 'tcp' ? new TCP() : new Pipe(false);
    const error = handle.open(descriptor);
    if (error !== 0) throw newError(error, 'open');
    this.adopt(handle);
  }

  adopt(handle) {
    this._handle = handle;
    handle.onread = (count, bytes) => this.onRead(count, bytes);
    handle.onclose = () => this.emit('close', this.hadError === true);
  }

  onRead(count, bytes) {
    this.touch();
    if (count > 0) {
      this.bytesRead += count;
      if (this.onread !== undefined) return this.hand(asBuffer(bytes));
      if (!this.push(asBuffer(bytes))) this._handle?.readStop();
    } else if (count === kEndOfFile) {
      this.push(null);
      this.read(0);
    } else {
      this.destroy(newError(count, 'read'));
    }
  }

  // To the program's own buffer and callback, instead of a stream's.
  hand(bytes) {
    for (let at = 0; at < bytes.length;) {
      const buffer = typeof this.onread.buffer === 'function' ? this.onread.buffer() : this.onread.buffer;
      const count = bytes.copy(buffer, 0, at);
      at += count;
      if (this.onread.callback(count, buffer) === false) this._handle?.readStop();
    }
  }

  // What the other end has ended, and what is closed, cannot be written to.
  write(chunk, encoding, callback) {
    if (!this.writableEnded || !this.readableEnded) return super.write(chunk, encoding, callback);
    if (typeof encoding === 'function') callback = encoding;
    const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
    if (callback) process.nextTick(callback, error);
    this.destroy(error);
    return false;
  }

  connect(...values) {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    let [options] = values;
    if (typeof options !== 'object') {
      options = typeof options === 'string' && !/^\d+$/.test(options) ? { path: options }
        : { port: values[0], host: typeof values[1] === 'string' ? values[1] : undefined };
    }
    const { path, port, localAddress } = options ?? {};
    if (path === undefined && port === undefined)
      throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
    if (path !== undefined && typeof path !== 'string') throw invalidType('options.path', 'string', path);
    if (localAddress && isIP(localAddress) === 0) throw withCode(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${localAddress}`);
    if (path === undefined) options = { ...options, port: checkPort(port, 'Port') };
    if (callback) this.once('connect', callback);
    if (this.destroyed) this.reopen();
    this.connecting = true;
    if (options.path !== undefined) this.connectTo(new Pipe(false), { path: options.path });
    else this.lookUp(options);
    return this;
  }

  lookUp({ host, port, family = 0, lookup = require('dns').lookup, localAddress, localPort }) {
    host ||= 'localhost';
    this._host = host;
    const own = localAddress || localPort ? { address: localAddress, port: localPort ?? 0 } : undefined;
    if (isIP(host) !== 0) {
      this.connectTo(new TCP(), { address: host, port, own });
      return;
    }
    lookup(host, { family }, (error, address, found) => {
      if (this.destroyed) return;
      this.emit('lookup', error, address, found, host);
      if (error) return this.destroy(error);
      this.connectTo(new TCP(), { address, port, own });
    });
  }

  connectTo(handle, target) {
    this.adopt(handle);
    const request = { oncomplete: (status) => {
      if (this.destroyed) return;
      this.connecting = false;
      if (status !== 0) return this.destroy(connectError(status, target));
      this.emit('connect');
      this.emit('ready');
      this.read(0);
    } };
    let error = 0;
    if (target.own !== undefined) error = handle.bind(target.own.address ?? (isIP(target.address) === 6 ? '::' : '0.0.0.0'), target.own.port, 0);
    if (error === 0) {
      error = target.path !== undefined ? handle.connect(request, target.path)
        : handle.connect(request, target.address, target.port);
    }
    if (error !== 0) process.nextTick(() => this.destroy(connectError(error, target)));
  }

  whenConnected(action) {
    if (!this.connecting) return action();
    this.once('connect', action);
  }

  _read() {
    if (this.connecting || this._handle === null) {
      if (this.connecting) this.once('connect', () => this._read());
      return;
    }
    const error = this._handle.readStart();
    if (error !== 0 && errorName(error) !== 'EALREADY') this.destroy(newError(error, 'read'));
  }

  send(chunks, callback) {
    this.whenConnected(() => {
      if (this._handle === null) return callback(newError(-32, 'write'));
      for (const chunk of chunks) this.bytesWritten += chunk.length;
      this.touch();
      const request = { oncomplete: (status) => callback(status < 0 ? newError(status, 'write') : null) };
      const result = this._handle.write(request, chunks);
      if (result < 0) callback(newError(result, 'write'));
      else if (result === 0) callback();
    });
  }

  _write(chunk, encoding, callback) { this.send([chunk], callback); }
  _writev(chunks, callback) { this.send(chunks.map(({ chunk }) => chunk), callback); }

  _final(callback) {
    this.whenConnected(() => {
      if (this._handle === null) return callback();
      const error = this._handle.shutdown({ oncomplete: () => callback() });
      if (error !== 0) callback();
    });
  }

  _destroy(error, callback) {
    this.connecting = false;
    this.hadError = error !== null && error !== undefined;
    clearTimeout(this.timer);
    const handle = this._handle;
    this._handle = null;
    if (handle === null) process.nextTick(() => this.emit('close', this.hadError));
    else if (!this.isReset || handle.reset() !== 0) handle.close();
    callback(error);
    if (this.counted === undefined) return;
    this.counted.connections--;
    this.counted.tellIfClosed();
  }

  // Once what was written has gone.
  destroySoon() {
    this.end();
    if (this.writableFinished) this.destroy(); else this.once('finish', () => this.destroy());
  }

  touch() { if (this.timer !== null) this.timer.refresh(); }
  setTimeout(ms, callback) {
    if (typeof ms !== 'number') throw invalidType('msecs', 'number', ms);
    if (callback !== undefined && typeof callback !== 'function') throw invalidType('callback', 'function', callback);
    clearTimeout(this.timer);
    this.idleTime = ms;
    this.timer = ms > 0 ? setTimeout(() => this.emit('timeout'), ms).unref() : null;
    if (callback && ms === 0) this.removeListener('timeout', callback);
    else if (callback) this.once('timeout', callback);
    return this;
  }
  setNoDelay(enable = true) {
    if (this._handle !== null && !this.connecting) this._handle.setNoDelay?.(enable);
    else this.once('connect', () => this.setNoDelay(enable));
    return this;
  }
  setKeepAlive(enable = false, delay = 0) {
    if (this._handle !== null && !this.connecting) this._handle.setKeepAlive?.(enable, Math.max(1, Math.trunc(delay / 1000)));
    else this.once('connect', () => this.setKeepAlive(enable, delay));
    return this;
  }
  // What is asked for before there is a handle holds once there is one.
  ref() {
    if (this._handle !== null) this._handle.ref(); else this.once('connect', this.ref);
    return this;
  }
  unref() {
    if (this._handle !== null) this._handle.unref(); else this.once('connect', this.unref);
    return this;
  }
  address() { return this.connecting ? {} : nameOf(this._handle, 'getsockname') ?? {}; }
  get localAddress() { return this.address().address; }
  get localPort() { return this.address().port; }
  get localFamily() { return this.address().family; }
  // Kept, since a socket that is closed has none any more.
  get peer() { return this.connecting ? undefined : this.peername ??= nameOf(this._handle, 'getpeername'); }
  get remoteAddress() { return this.peer?.address; }
  get remotePort() { return this.peer?.port; }
  get remoteFamily() { return this.peer?.family; }
  get bufferSize() { return this.writableLength; }
  get timeout() { return this.idleTime; }
  resetAndDestroy() {
    if (this._handle === null || this.connecting) {
      this.destroy(withCode(Error, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established'));
    } else if (this._handle.reset !== undefined) {
      this.isReset = true;
      this.destroy();
    } else {
      this.destroy();
    }
    return this;
  }
  // A socket that has been used up connects once more.
  reopen() {
    this._undestroy();
    this._handle = null;
    this.peername = undefined;
  }
  get pending() { return this._handle === null || this.connecting; }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }
}

function nameOf(handle, method) {
  const found = handle?.[method]?.();
  return typeof found === 'object' ? found : undefined;
}

// In a worker of a cluster the primary listens.
function clusterOfWorker() {
  return process.send !== undefined && require('cluster').isWorker ? require('cluster') : undefined;
}

class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [options, listener] = [{}, options];
    if (options !== undefined && options !== null && typeof options !== 'object') throw invalidType('options', 'object', options);
    this.options = options ?? {};
    this._handle = null;
    this.connections = 0;
    this.listening = false;
    if (listener) this.on('connection', listener);
  }

  listen(...values) {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    let [options] = values;
    if (typeof options !== 'object' || options === null) {
      options = typeof options === 'string' && !/^\d+$/.test(options) ? { path: options }
        : { port: options ?? 0, host: typeof values[1] === 'string' ? values[1] : undefined, backlog: values.slice(1).find((value) => typeof value === 'number') };
    }
    options = this.checkListening(options);
    if (callback) this.once('listening', callback);
    const { host } = options;
    if (options.path === undefined && host !== undefined && host !== '') {
      require('dns').lookup(host, (error, address) => {
        if (error) this.emit('error', error);
        else if (this.isAsked) this.open({ ...options, host: address });
      });
    } else {
      this.open(options);
    }
    return this;
  }

  checkListening(options) {
    if (this.listening || this.isAsked) throw withCode(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (options._handle ?? options.handle) options = { fd: (options._handle ?? options.handle).fileno?.() };
    if (options.port === undefined && options.path === undefined && options.fd === undefined)
      throw invalidValue('options', options, 'must have the property "port" or "path"');
    if (options.path === undefined && options.fd === undefined) options = { ...options, port: checkPort(options.port ?? 0, 'options.port') };
    this.isAsked = true;
    const { signal } = options;
    if (signal?.aborted) process.nextTick(() => this.close());
    else signal?.addEventListener('abort', () => this.close(), { once: true });
    return options;
  }

  // What listens already, elsewhere.
  adoptListening(handle) {
    this.adopt(handle);
    handle.listen(511);
    this.listening = true;
  }

  open(options) {
    const cluster = clusterOfWorker();
    if (cluster === undefined || options.exclusive || options.fd !== undefined) return this.openHere(options);
    cluster.listen(this, options, (error, handle, wrong) => {
      if (error !== 0) return this.failToListen(error, { ...options, ...wrong });
      this.adopt(handle);
      if (handle instanceof TCP || handle instanceof Pipe) handle.listen(511);
      this.startListening(options.path);
    });
  }

  openHere({ path, port = 0, host, backlog = 511, ipv6Only = false, isHeldOnly = false }) {
    let handle = path !== undefined ? new Pipe(false) : new TCP();
    let error = path !== undefined ? handle.bind(path) : handle.bind(host ?? '::', port, ipv6Only ? IPV6ONLY : 0);
    // A machine without IPv6 has no `::`.
    if (error !== 0 && path === undefined && host === undefined) error = handle.bind(host = '0.0.0.0', port, 0);
    if (error === 0) {
      this.adopt(handle);
      if (!isHeldOnly) error = handle.listen(backlog);
    }
    if (error !== 0) {
      handle.onclose = undefined;
      handle.close();
      return this.failToListen(error, { path, port, host });
    }
    this.startListening(path);
  }

  failToListen(error, { path, port = 0, host }) {
    const where = path ?? `${host ?? '::'}:${port}`;
    const failure = newError(error, 'listen');
    failure.message = `listen ${errorName(error)}: ${failure.message.split(': ')[1].split(',')[0]} ${where}`;
    Object.assign(failure, path !== undefined ? { address: path } : { address: host ?? '::', port });
    this._handle = null;
    this.isAsked = false;
    process.nextTick(() => this.emit('error', failure));
  }

  startListening(path) {
    this.path = path;
    this.listening = true;
    process.nextTick(() => { if (this._handle !== null) this.emit('listening'); });
  }

  adopt(handle) {
    this._handle = handle;
    handle.onconnection = (status) => {
      if (status !== 0) return this.emit('error', newError(status, 'accept'));
      const client = handle instanceof Pipe ? new Pipe(false) : new TCP();
      if (handle.accept(client) !== 0) return client.close();
      if (this.connections < (this.maxConnections ?? Infinity)) return this.serve(client);
      const [own, peer] = [nameOf(client, 'getsockname') ?? {}, nameOf(client, 'getpeername') ?? {}];
      client.close();
      this.emit('drop', { localAddress: own.address, localPort: own.port, localFamily: own.family,
                          remoteAddress: peer.address, remotePort: peer.port, remoteFamily: peer.family });
    };
  }

  serve(client) {
    const socket = new Socket({ ...this.options, handle: client });
    if (this.options.noDelay) socket.setNoDelay();
    if (this.options.keepAlive) socket.setKeepAlive(true, this.options.keepAliveInitialDelay);
    this.connections++;
    socket.server = socket.counted = this;
    this.emit('connection', socket);
    if (!this.options.pauseOnConnect) socket.read(0);
  }

  close(callback) {
    if (callback && this._handle !== null) this.once('close', callback);
    else if (callback) this.once('close', () => callback(withCode(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
    this.listening = this.isAsked = false;
    this._handle?.close();
    this._handle = null;
    this.tellIfClosed();
    return this;
  }

  // A connection counts until it is destroyed; its own `close` comes later.
  tellIfClosed() {
    if (this._handle === null && this.connections === 0) process.nextTick(() => this.emit('close'));
  }

  address() { return this._handle === null ? null : this.path ?? nameOf(this._handle, 'getsockname') ?? null; }
  getConnections(callback) { process.nextTick(callback, null, this.connections); return this; }
  ref() { this._handle?.ref(); return this; }
  unref() { this._handle?.unref(); return this; }
  async [Symbol.asyncDispose]() {
    if (this._handle !== null) await new Promise((resolve) => this.close(resolve));
  }
}

const connect = (...values) => {
  const options = typeof values[0] === 'object' ? values[0] : {};
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  if (options.noDelay) socket.setNoDelay();
  if (options.keepAlive) socket.setKeepAlive(true, options.keepAliveInitialDelay);
  return socket.connect(...values);
};

module.exports = {
  Socket, Stream: Socket, Server, connect, createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP, isIPv4: (text) => isIP(text) === 4, isIPv6: (text) => isIP(text) === 6,
};
