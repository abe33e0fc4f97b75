// HTTP's Agent: the sockets to each host, those that are free and those who wait for one.
'use strict';

const EventEmitter = require('events');
const net = require('net');

class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = Object.assign(Object.create(null), { noDelay: true, path: null }, options);
    this.keepAlive = options.keepAlive ?? false;
    this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
    this.maxTotalSockets = options.maxTotalSockets ?? Infinity;
    this.scheduling = options.scheduling ?? 'lifo';
    this.defaultPort = 80;
    this.protocol = 'http:';
    this.sockets = Object.create(null);      // by host: those in use
    this.freeSockets = Object.create(null);
    this.requests = Object.create(null);     // those who wait
    this.totalSocketCount = 0;
  }

  getName({ host = 'localhost', port = '', localAddress = '', family, socketPath } = {}) {
    return `${host}:${port}:${localAddress}${family ? `:${family}` : ''}${socketPath ? `:${socketPath}` : ''}`;
  }

  createConnection(options, callback) { return net.connect(options, callback); }

  addRequest(request, given) {
    const options = { ...this.options, ...given };
    const name = this.getName(options);
    const free = this.freeSockets[name];
    while (free?.length > 0) {
      const socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
      if (free.length === 0) delete this.freeSockets[name];
      if (socket.destroyed || !socket.writable) continue;
      add(this.sockets, name, socket);
      request.reusedSocket = true;
      this.reuseSocket(socket, request);
      return request.onSocket(socket);
    }
    const isFull = (this.sockets[name]?.length ?? 0) >= this.maxSockets || this.totalSocketCount >= this.maxTotalSockets;
    if (isFull) add(this.requests, name, request);
    else this.open(request, options, name);
  }

  open(request, options, name) {
    const socket = this.createConnection({ ...options, path: options.socketPath });
    this.totalSocketCount++;
    add(this.sockets, name, socket);
    socket.on('close', () => {
      this.totalSocketCount--;
      drop(this.sockets, name, socket);
      drop(this.freeSockets, name, socket);
      this.serveNext(name);
    });
    socket.on('timeout', () => { if (this.freeSockets[name]?.includes(socket)) socket.destroy(); });
    socket.agentOptions = options;
    request.onSocket(socket);
  }

  serveNext(name) {
    const request = this.requests[name]?.[0];
    if (request === undefined || this.totalSocketCount >= this.maxTotalSockets) return;
    drop(this.requests, name, request);
    if (request.destroyed) this.serveNext(name);
    else this.open(request, { ...this.options, ...request.options }, name);
  }

  // A request is done with its socket.
  free(socket) {
    const name = this.getName(socket.agentOptions);
    const waiting = this.requests[name]?.[0];
    if (waiting !== undefined) {
      drop(this.requests, name, waiting);
      return waiting.onSocket(socket);
    }
    if (!this.keepAlive || !this.keepSocketAlive(socket) || (this.freeSockets[name]?.length ?? 0) >= this.maxFreeSockets) {
      socket.destroy();
      return;
    }
    drop(this.sockets, name, socket);
    add(this.freeSockets, name, socket);
    socket.on('error', ignore);
    if (this.options.timeout) socket.setTimeout(this.options.timeout);
    this.emit('free', socket, socket.agentOptions);
  }

  keepSocketAlive(socket) {
    socket.setKeepAlive(true, this.keepAliveMsecs);
    socket.unref();
    socket.read(0);
    return true;
  }
  reuseSocket(socket) {
    socket.removeListener('error', ignore);
    socket.ref();
  }

  destroy() {
    for (const all of [this.sockets, this.freeSockets])
      for (const list of Object.values(all)) for (const socket of [...list]) socket.destroy();
  }
}

function ignore() {}
function add(table, name, entry) { (table[name] ??= []).push(entry); }
function drop(table, name, entry) {
  const at = table[name]?.indexOf(entry) ?? -1;
  if (at < 0) return;
  table[name].splice(at, 1);
  if (table[name].length === 0) delete table[name];
}

module.exports = { Agent, globalAgent: new Agent() };
