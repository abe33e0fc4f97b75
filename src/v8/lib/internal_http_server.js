// HTTP's server: ServerResponse, Server, and the connection between them.
'use strict';

const net = require('net');
const { now } = binding('timer');
const { IncomingMessage } = require('internal_http_message');
const { OutgoingMessage, failure } = require('internal_http_outgoing');
const { Link, methods, kKeepAlive, kUpgrade, kHasBody } = require('internal_http_link');

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints',
  200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content',
  205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified',
  305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout',
  409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large',
  414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed',
  418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked',
  424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required',
  429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates',
  507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended',
  511: 'Network Authentication Required',
};

const kMostWaiting = 32;  // answers that a client may have outstanding before it is read no further

function ServerResponse(request) {
  OutgoingMessage.call(this);
  this.req = request;
  this.socket = request.socket;
  this.statusCode = 200;
  this.statusMessage = undefined;
  this.sendDate = true;
  this.connectionLink = null;
  this.isOldFashioned = request.versionBits === 0x0100;
  if (request.method === 'HEAD') this.hasBody = false;
}
Object.setPrototypeOf(ServerResponse, OutgoingMessage);
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);

Object.assign(ServerResponse.prototype, {
  firstLine() {
    const { statusCode } = this;
    this.statusMessage ??= STATUS_CODES[statusCode] ?? 'unknown';
    if (statusCode === 204 || statusCode === 304 || statusCode < 200) this.hasBody = false;
    return `HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`;
  },

  keepAliveLines() { return this.connectionLink?.keepAliveLines ?? 'Connection: keep-alive\r\n'; },

  writeHead(statusCode, reason, headers) {
    if (!(statusCode >= 100 && statusCode <= 999))
      throw failure(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${statusCode}`);
    if (this.headersSent && (this.head === '' || this.headersOutside !== null))
      throw failure(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${this.head === '' ? 'render' : 'set'} headers after they are sent to the client`);
    // A head that has not gone out yet may be replaced, as under Node.js, where no header was set before it.
    if (this.headersSent) this.headers = null;
    this.headersSent = false;
    this.headersOutside = this.headers;
    if (typeof reason === 'string') this.statusMessage = reason; else headers ??= reason;
    this.statusCode = statusCode | 0;
    if (headers) this.setHeaders(headers);
    this.makeHead();
    return this;
  },

  writeContinue(callback) { this.sendInterim('HTTP/1.1 100 Continue\r\n\r\n', callback); },
  writeProcessing(callback) { this.sendInterim('HTTP/1.1 102 Processing\r\n\r\n', callback); },
  writeEarlyHints(hints, callback) {
    let lines = 'HTTP/1.1 103 Early Hints\r\n';
    for (const [name, value] of Object.entries(hints)) lines += `${name === 'link' ? 'Link' : name}: ${[value].flat().join(', ')}\r\n`;
    this.sendInterim(`${lines}\r\n`, callback);
  },
  sendInterim(lines, callback) {
    const request = { oncomplete() { callback?.(); } };
    const { link } = this;
    const result = link === null ? 0 : link.send(request, lines, undefined, '');
    if (result <= 0 && callback) process.nextTick(callback);
  },

  assignSocket(socket) { this.socket = socket; },
  detachSocket() { this.socket = null; },

  _destroy(error, callback) {
    if (this.writableFinished) this.finishedWriting();
    else this.socket?.destroy(error);
    callback(error);
  },

  finishedWriting() {
    const { connectionLink } = this;
    this.connectionLink = null;
    this.retire();
    connectionLink?.answered(this);
  },
});

class ServerLink extends Link {
  constructor(server, socket) {
    super(socket, true, server.options.maxHeaderSize);
    this.server = server;
    this.answers = [];        // in the order of their requests; the first one writes
    this.served = 0;
    this.upgraded = null;
    this.hasEnded = false;    // the client sends no more
    this.timer = null;
    this.since = now();       // when the connection was last idle, or the body under way began
    this.keepAliveLines = server.keepAliveTimeout > 0
      ? `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(server.keepAliveTimeout / 1000)}\r\n`
      : 'Connection: keep-alive\r\n';
    server.links.add(this);
    socket.on('end', () => this.ended());
    socket.on('timeout', () => this.timedOut());
  }

  begin(code, url, rawHeaders, bits) {
    const { server, socket } = this;
    const request = new server.Request(socket);
    request.link = this;
    request.method = methods[code];
    request.url = url;
    request.rawHeaders = rawHeaders;
    request.versionBits = bits & 0xff00;
    if ((bits & kUpgrade) !== 0 && this.wantsUpgrade(request)) {
      this.upgraded = request;
      return 2;
    }
    const response = new server.Response(request);
    response.connectionLink = this;
    response.shouldKeepAlive = (bits & kKeepAlive) !== 0 && !this.isServedUp();
    const hasBody = (bits & kHasBody) !== 0;
    if (hasBody) {
      this.incoming = request;
      this.since = now();
    }
    if (this.answers.push(response) === 1) response.link = this;
    else if (this.answers.length > kMostWaiting) this.pause();
    if (socket.timer !== null) socket.touch();
    this.hand(request, response);
    if (!hasBody) request.finishReading();
    return 0;
  }

  isServedUp() {
    const most = this.server.maxRequestsPerSocket;
    return most > 0 && ++this.served >= most;
  }

  wantsUpgrade(request) {
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade';
    if (this.server.listenerCount(event) > 0) return true;
    if (event === 'connect') this.socket.destroy();
    return false;
  }

  // To the program, or a word to a client that asks first.
  hand(request, response) {
    const { server } = this;
    const expected = expectationOf(request.rawHeaders);
    if (expected === undefined || request.versionBits === 0x0100) {
      server.emit('request', request, response);
    } else if (/^100-continue$/i.test(expected)) {
      if (server.emit('checkContinue', request, response)) return;
      response.writeContinue();
      server.emit('request', request, response);
    } else if (!server.emit('checkExpectation', request, response)) {
      response.writeHead(417);
      response.end();
    }
  }

  // An answer is written.
  answered(response) {
    const { answers } = this;
    if (answers[0] !== response) return;
    answers.shift();
    response.req._dump();
    if (response.isLast) return this.socket.end();
    if (answers.length > 0) {
      this.resume();
      answers[0].takeTurn(this);
    } else if (this.hasEnded) {
      this.socket.end();
    } else {
      this.since = now();
      if (this.timer === null) this.watchIdle(this.server.keepAliveTimeout);
    }
  }

  // One timer watches over many short pauses: it looks when it is due how long this one is.
  watchIdle(ms) {
    if (!(ms > 0)) return;
    this.timer = setTimeout((link) => {
      link.timer = null;
      if (!link.isIdle || link.socket.destroyed) return;
      const left = link.since + link.server.keepAliveTimeout - now();
      if (left <= 0) link.socket.destroy(); else link.watchIdle(left);
    }, ms, this).unref();
  }

  get isIdle() { return this.answers.length === 0 && this.incoming === null; }

  ended() {
    this.hasEnded = true;
    // Who has said its last word does not hear answers that are not there yet.
    this.socket.end();
  }

  timedOut() {
    const { socket, server } = this;
    const [response] = this.answers;
    const isTold = response !== undefined &&
      [response.req.emit('timeout', socket), response.emit('timeout', socket)].includes(true);
    if (!server.emit('timeout', socket) && !isTold) socket.destroy();
  }

  // The client broke the rules.
  fail(error) {
    const { socket, server } = this;
    if (server.emit('clientError', error, socket)) return;
    if (socket.destroyed) return;
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    if (this.answers[0]?.headersSent !== true)
      this.send({ oncomplete() {} }, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`, undefined, '');
    socket.destroySoon();
  }

  socketFailed(error) { this.server.emit('clientError', error, this.socket); }

  upgrade(rest) {
    const { socket, server, upgraded } = this;
    this.close();
    this.leave();
    upgraded.complete = true;
    server.emit(upgraded.method === 'CONNECT' ? 'connect' : 'upgrade', upgraded, socket, rest);
    if (!socket.destroyed) socket.read(0);
  }

  leave() {
    clearTimeout(this.timer);
    this.server.links.delete(this);
  }

  closed() {
    this.leave();
    this.incoming?.abort();
    this.incoming = null;
    for (const response of this.answers) {
      response.req.abort(true);
      response.connectionLink = null;
      response.link = null;
      response.retire();
    }
    this.answers = [];
  }
}

function expectationOf(headers) {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i].length === 6 && headers[i].toLowerCase() === 'expect') return headers[i + 1];
  }
  return undefined;
}

// A server of HTTP over the connections that a server of another kind tells by `event`.
const serverOver = (Base, event) => class Server extends Base {
  constructor(options, listener) {
    if (typeof options === 'function') [options, listener] = [{}, options];
    super({ ...options, allowHalfOpen: true });
    this.Request = options?.IncomingMessage ?? IncomingMessage;
    this.Response = options?.ServerResponse ?? ServerResponse;
    this.links = new Set();
    this.timeout = 0;
    this.keepAliveTimeout = options?.keepAliveTimeout ?? 5000;
    this.headersTimeout = options?.headersTimeout ?? 60000;
    this.requestTimeout = options?.requestTimeout ?? 300000;
    this.maxRequestsPerSocket = 0;
    this.maxHeadersCount = null;
    if (listener) this.on('request', listener);
    this.on(event, this.connectionListener);
    this.on('listening', () => {
      this.sweeper = setInterval(() => this.sweep(), options?.connectionsCheckingInterval ?? 30000).unref();
    });
    this.on('close', () => clearInterval(this.sweeper));
  }

  connectionListener(socket) {
    if (this.timeout > 0) socket.setTimeout(this.timeout);
    new ServerLink(this, socket);
    // One that came otherwise than by accept() is not read yet.
    if (socket.server !== this) socket.read(0);
  }

  // Who has begun a request and does not come to its end.
  sweep() {
    const time = now();
    for (const link of this.links) {
      const limit = link.incoming !== null ? this.requestTimeout
        : link.answers.length === 0 && link.timer === null ? this.headersTimeout : 0;
      if (limit > 0 && link.since + limit < time)
        link.fail(failure(Error, 'ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout'));
    }
  }

  setTimeout(ms = 0, callback) {
    if (typeof ms === 'function') [ms, callback] = [0, ms];
    this.timeout = ms;
    if (callback) this.on('timeout', callback);
    return this;
  }
  closeAllConnections() { for (const { socket } of this.links) socket.destroy(); }
  closeIdleConnections() { for (const link of this.links) if (link.isIdle) link.socket.destroy(); }
};

const Server = serverOver(net.Server, 'connection');

module.exports = { Server, serverOver, ServerResponse, STATUS_CODES, methods };
