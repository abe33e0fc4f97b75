// What an HTTP message that is read looks like: IncomingMessage, a Readable whose stream state is made
// when somebody first uses it as a stream. A GET that nobody reads costs none.
'use strict';

const { Readable } = require('stream');

// `key` is an object's stream state: made by make(object) on first use.
function defineLazyState(prototype, key, make) {
  Object.defineProperty(prototype, key, {
    configurable: true,
    get() { make(this); return this[key]; },
    set(value) {
      this._isStream = true;
      Object.defineProperty(this, key, { value, writable: true, configurable: true });
    },
  });
}

// What comes twice is a mistake for these; the first one counts.
const kSingle = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from',
  'host', 'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent']);

// [name, value, name, value, ...] as { name: value }.
function headersOf(list) {
  const headers = {};
  for (let i = 0; i < list.length; i += 2) {
    const name = list[i].toLowerCase();
    const value = list[i + 1];
    const known = headers[name];
    if (name === 'set-cookie') {
      if (known === undefined) headers[name] = [value]; else known.push(value);
    } else if (known === undefined) {
      headers[name] = value;
    } else if (!kSingle.has(name)) {
      headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
    }
  }
  return headers;
}

function IncomingMessage(socket) {
  this._isStream = false;
  this.socket = socket;
  this.link = null;          // what it comes over
  this.method = null;
  this.url = '';
  this.statusCode = null;
  this.statusMessage = null;
  this.rawHeaders = [];
  this.rawTrailers = [];
  this.complete = false;     // all of it has come
  this.aborted = false;
  this.versionBits = 0x1100;
  this._headers = this._trailers = undefined;
}
Object.setPrototypeOf(IncomingMessage, Readable);
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);

defineLazyState(IncomingMessage.prototype, '_readableState', (self) => {
  Readable.call(self);
  if (self.complete) self.push(null);
});

const accessors = {
  headers: {
    get() { return this._headers ??= headersOf(this.rawHeaders); },
    set(value) { this._headers = value; },
  },
  trailers: {
    get() { return this._trailers ??= headersOf(this.rawTrailers); },
    set(value) { this._trailers = value; },
  },
  httpVersionMajor: { get() { return this.versionBits >> 8 & 15; } },
  httpVersionMinor: { get() { return this.versionBits >> 12 & 15; } },
  httpVersion: { get() { return `${this.httpVersionMajor}.${this.httpVersionMinor}`; } },
  connection: { get() { return this.socket; }, set(socket) { this.socket = socket; } },
};
for (const [name, accessor] of Object.entries(accessors))
  Object.defineProperty(IncomingMessage.prototype, name, { configurable: true, ...accessor });

IncomingMessage.prototype._read = function() { this.link?.resume(); };

IncomingMessage.prototype._destroy = function(error, callback) {
  if (!this.complete && !this.aborted && this.socket !== null && !this.socket.destroyed) {
    this.aborted = true;
    this.socket.destroy(error);
    this.emit('aborted');
  }
  // The error event comes behind what led to it.
  process.nextTick(callback, error !== null && this.listenerCount('error') === 0 ? null : error);
};

IncomingMessage.prototype.setTimeout = function(ms, callback) {
  if (callback) this.on('timeout', callback);
  this.socket?.setTimeout(ms);
  return this;
};

// Its connection has ended before it has, or, of a request, before its answer has.
IncomingMessage.prototype.abort = function(isUnanswered = false) {
  if (this.aborted || (this.complete && !isUnanswered) || this.destroyed) return;
  this.aborted = true;
  this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  this.emit('aborted');
};

// Nobody reads it any more.
IncomingMessage.prototype._dump = function() {
  if (!this.complete || this._isStream || this._events !== undefined) this.resume();
};

// A piece of the body.
IncomingMessage.prototype.add = function(bytes) {
  if (!this.push(bytes)) this.link.pause();
};

IncomingMessage.prototype.finishReading = function(trailers) {
  this.complete = true;
  if (trailers !== undefined) this.rawTrailers = trailers;
  if (this._isStream) this.push(null);
};

module.exports = { IncomingMessage, defineLazyState };
