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

const kEndOfFile = -4095;

function connectError(status, { address, port, path }) {
  const error = newError(status, 'connect');
  const where = path ?? `${address}:${port}`;
  error.message = `connect ${errorName(status)} ${where}`;
  return Object.assign(error, path !== undefined ? { address: path } : { address, port });
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
      if (!this.push(asBuffer(bytes))) this._handle?.readStop();
    } else if (count === kEndOfFile) {
      this.push(null);
      this.read(0);
    } else {
      this.destroy(newError(count, 'read'));
    }
  }

  connect(...values) {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    let [options] = values;
    if (typeof options !== 'object') {
      options = typeof options === 'string' && !/^\d+$/.test(options) ? { path: options }
        : { port: Number(values[0]), host: values[1] };
    }
    if (callback) this.once('connect', callback);
    this.connecting = true;
    if (options.path !== undefined) this.connectTo(new Pipe(false), { path: options.path });
    else this.lookUp(options);
    return this;
  }

  lookUp({ host = 'localhost', port, family = 0 }) {
    if (isIP(host) !== 0) {
      this.connectTo(new TCP(), { address: host, port });
      return;
    }
    require('dns').lookup(host, { family }, (error, address, found) => {
      if (this.destroyed) return;
      this.emit('lookup', error, address, found, host);
      if (error) return this.destroy(error);
      this.connectTo(new TCP(), { address, port });
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
    const error = target.path !== undefined ? handle.connect(request, target.path)
      : handle.connect(request, target.address, target.port);
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
    else handle.close();
    callback(error);
  }

  // Once what was written has gone.
  destroySoon() {
    this.end();
    if (this.writableFinished) this.destroy(); else this.once('finish', () => this.destroy());
  }

  touch() { if (this.timer !== null) this.timer.refresh(); }
  setTimeout(ms, callback) {
    clearTimeout(this.timer);
    this.timer = ms > 0 ? setTimeout(() => this.emit('timeout'), ms).unref() : null;
    if (callback) this.once('timeout', callback);
    return this;
  }
  setNoDelay(enable = true) { this._handle?.setNoDelay?.(enable); return this; }
  setKeepAlive(enable = false, delay = 0) {
    this._handle?.setKeepAlive?.(enable, Math.max(1, Math.trunc(delay / 1000)));
    return this;
  }
  ref() { this._handle?.ref(); return this; }
  unref() { this._handle?.unref(); return this; }
  address() { return nameOf(this._handle, 'getsockname') ?? {}; }
  get localAddress() { return this.address().address; }
  get localPort() { return this.address().port; }
  get remoteAddress() { return nameOf(this._handle, 'getpeername')?.address; }
  get remotePort() { return nameOf(this._handle, 'getpeername')?.port; }
  get remoteFamily() { return nameOf(this._handle, 'getpeername')?.family; }
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
        : { port: Number(options ?? 0), host: typeof values[1] === 'string' ? values[1] : undefined };
    }
    if (callback) this.once('listening', callback);
    const { host } = options;
    if (options.path === undefined && host !== undefined && isIP(host) === 0) {
      require('dns').lookup(host, (error, address) => {
        if (error) this.emit('error', error);
        else this.open({ ...options, host: address });
      });
    } else {
      this.open(options);
    }
    return this;
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
      this.serve(client);
    };
    handle.onclose = () => { this.isHandleClosed = true; this.tellIfClosed(); };
  }

  serve(client) {
    const socket = new Socket({ ...this.options, handle: client });
    this.connections++;
    socket.server = this;
    socket.once('close', () => { this.connections--; this.tellIfClosed(); });
    this.emit('connection', socket);
    if (!this.options.pauseOnConnect) socket.read(0);
  }

  close(callback) {
    if (callback) {
      if (this._handle === null) {
        const error = Object.assign(new Error('Server is not running.'), { code: 'ERR_SERVER_NOT_RUNNING' });
        process.nextTick(callback, error);
        return this;
      }
      this.once('close', callback);
    }
    this.listening = false;
    this._handle?.close();
    this._handle = null;
    return this;
  }

  tellIfClosed() {
    if (!this.isHandleClosed || this.connections > 0) return;
    this.isHandleClosed = false;
    process.nextTick(() => this.emit('close'));
  }

  address() { return this.path ?? nameOf(this._handle, 'getsockname') ?? null; }
  getConnections(callback) { process.nextTick(callback, null, this.connections); return this; }
  ref() { this._handle?.ref(); return this; }
  unref() { this._handle?.unref(); return this; }
}

const connect = (...values) => {
  const options = typeof values[0] === 'object' ? values[0] : {};
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(...values);
};

module.exports = {
  Socket, Stream: Socket, Server, connect, createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP, isIPv4: (text) => isIP(text) === 4, isIPv6: (text) => isIP(text) === 6,
};
