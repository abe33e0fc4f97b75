// HTTP's client: ClientRequest, and its side of a connection.
'use strict';

const net = require('net');
const { Buffer } = require('buffer');
const { IncomingMessage } = require('internal_http_message');
const { OutgoingMessage, failure, kToken } = require('internal_http_outgoing');
const { Link, kKeepAlive, kUpgrade } = require('internal_http_link');
const { frames, getFrame } = require('internal_async');
const { abortError } = require('internal_errors');
const agents = require('internal_http_agent');

const kWithoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

const hangUp = () => failure(Error, 'ECONNRESET', 'socket hang up');

function optionsOf(first, second) {
  const url = typeof first === 'string' ? new URL(first) : first;
  if (!(url instanceof URL)) return { ...first, ...second };
  const { hostname, port, pathname, search, protocol, username, password } = url;
  return {
    protocol, hostname: hostname.replace(/^\[|\]$/g, ''), path: `${pathname}${search}`,
    ...port === '' ? {} : { port: Number(port) },
    ...username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` },
    ...second,
  };
}

function ClientRequest(first, second, callback) {
  OutgoingMessage.call(this);
  if (typeof second === 'function') [second, callback] = [undefined, second];
  const options = optionsOf(first, second);
  this.agent = options.agent === false ? new agents.Agent() : options.agent ?? (options.createConnection ? null : agents.globalAgent);
  checkOptions(options, this.agent?.protocol ?? options.defaultProtocol ?? 'http:');
  options.host = options.hostname ?? options.host ?? 'localhost';
  options.port ??= options.defaultPort ?? this.agent?.defaultPort ?? 80;
  this.options = options;
  this.frame = frames.areUsed ? getFrame() : undefined;
  this.method = (options.method ?? 'GET').toUpperCase();
  this.path = options.path ?? '/';
  this.host = options.host;
  this.protocol = options.protocol ?? this.agent?.protocol ?? options.defaultProtocol ?? 'http:';
  this.chunkedByDefault = !kWithoutBody.has(this.method);
  this.shouldKeepAlive = this.agent?.keepAlive ?? false;
  this.res = null;
  this.aborted = this.reusedSocket = false;
  if (options.headers) this.setHeaders(options.headers);
  // Who writes the header lines himself writes this one too.
  if (!this.hasHeader('host') && !Array.isArray(options.headers) && options.setHost !== false) {
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    this.setHeader('Host', Number(options.port) === (this.agent?.defaultPort ?? options.defaultPort ?? 80) ? host : `${host}:${options.port}`);
  }
  if (options.auth && !this.hasHeader('authorization') && !Array.isArray(options.headers))
    this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  if (callback) this.once('response', callback);
  if (options.timeout) this.setTimeout(options.timeout);
  options.signal?.addEventListener('abort', () => this.destroy(abortError(options.signal.reason)), { once: true });
  if (this.hasHeader('expect')) this.flushHeaders();
  if (this.agent !== null) this.agent.addRequest(this, options);
  else this.onSocket((options.createConnection ?? net.connect)({ ...options, path: options.socketPath }));
}
Object.setPrototypeOf(ClientRequest, OutgoingMessage);
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);

function checkOptions({ path, method, protocol }, wanted) {
  if (path !== undefined && /[^\x21-\xff]/.test(path))
    throw failure(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  if (method !== undefined && !kToken.test(method))
    throw failure(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
  if (protocol !== undefined && protocol !== wanted)
    throw failure(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${wanted}"`);
}

Object.assign(ClientRequest.prototype, {
  destroysItself: false,
  firstLine() { return `${this.method} ${this.path} HTTP/1.1\r\n`; },
  keepAliveLines: () => 'Connection: keep-alive\r\n',

  onSocket(socket) {
    process.nextTick(() => {
      if (this.isGone || this.destroyed) {
        if (this.agent !== null && !socket.destroyed && !socket.connecting) this.agent.free(socket);
        else socket.destroy();
        return;
      }
      this.socket = socket;
      this.connectionLink = new ClientLink(this, socket);
      this.emit('socket', socket);
      this.takeTurn(this.connectionLink);
      if (!socket.connecting) socket.read(0);
    });
  },

  finishedWriting() { this.connectionLink?.releaseIfDone(); },

  // An error is told at once, the end when the connection has ended, behind the answer's "aborted".
  _destroy(error, callback) {
    this.isGone = true;
    const isOver = this.res?.complete === true;
    if (this.res === null) error ??= hangUp();
    else if (error !== null && !isOver) process.nextTick(() => this.emit('error', error));
    const told = this.res === null ? error : null;
    if (this.socket === null || this.socket.destroyed || isOver) return process.nextTick(callback, told);
    this.socket.once('close', () => callback(told));
    this.socket.destroy();
  },

  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  },

  setNoDelay(enable) { this.whenConnected((socket) => socket.setNoDelay(enable)); },
  setSocketKeepAlive(enable, delay) { this.whenConnected((socket) => socket.setKeepAlive(enable, delay)); },
  whenConnected(action) {
    if (this.socket !== null) action(this.socket); else this.once('socket', action);
  },
});

class ClientLink extends Link {
  constructor(request, socket) {
    super(socket, false);
    this.request = request;
    this.frame = request.frame;
    this.canStay = false;      // the socket may serve another request
    this.isInterim = false;
    this.onTimeout = () => request.emit('timeout');
    this.onEnd = () => { if (!this.request.res?.complete) socket.destroy(); };
    socket.on('timeout', this.onTimeout);
    socket.on('end', this.onEnd);
  }

  begin(status, reason, rawHeaders, bits) {
    const { request } = this;
    const answer = new IncomingMessage(this.socket);
    Object.assign(answer, { link: this, statusCode: status, statusMessage: reason, rawHeaders, req: request,
                            versionBits: bits & 0xff00 });
    this.canStay = (bits & kKeepAlive) !== 0 && request.shouldKeepAlive && !request.isLast;
    if (request.method === 'CONNECT' || ((bits & kUpgrade) !== 0 && status === 101)) {
      request.res = answer;
      return 2;
    }
    this.isInterim = status < 200;
    if (this.isInterim) return this.beginInterim(status, answer);
    request.res = answer;
    this.incoming = answer;
    answer.on('end', () => process.nextTick(() => this.releaseIfDone()));
    if (!request.emit('response', answer)) answer._dump();
    return request.method === 'HEAD' ? 1 : 0;
  }

  beginInterim(status, { statusMessage, rawHeaders, headers, httpVersion }) {
    if (status === 100) this.request.emit('continue');
    this.request.emit('information', { statusCode: status, statusMessage, httpVersion, headers, rawHeaders });
    return 1;
  }

  upgrade(rest) {
    const { request, socket } = this;
    const answer = request.res;
    answer.complete = true;
    this.close();
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
    const isTaken = request.emit(event, answer, socket, rest);
    if (!isTaken) socket.destroy();
    else socket.read(0);
    request.retire();
  }

  // Request written and answer read: the socket is free.
  releaseIfDone() {
    const { request, socket } = this;
    if (this.parser === null || request.res?.complete !== true || !request.res.readableEnded ||
        !request.writableFinished) return undefined;
    this.close();
    if (request.agent !== null && this.canStay && !socket.destroyed) {
      request.agent.free(socket);
      return request.retire();
    }
    // The request ends with its connection.
    if (socket.closed) request.retire(); else socket.once('close', () => request.retire());
    return socket.destroySoon();
  }

  close() {
    super.close();
    this.socket.removeListener('timeout', this.onTimeout);
    this.socket.removeListener('end', this.onEnd);
  }

  fail(error) {
    this.failure = error;
    this.socket.destroy();
  }
  socketFailed(error) { this.failure ??= error; }

  closed() {
    const { request } = this;
    if (request.res !== null) {
      request.res.abort();
      request.retire();
    } else if (!request.isGone && !request.destroyed) {
      request.destroy(this.failure ?? hangUp());
    }
  }
}

module.exports = { ClientRequest };
