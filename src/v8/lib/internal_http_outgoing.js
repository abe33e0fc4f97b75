// What an HTTP message that is written looks like: OutgoingMessage, a Writable whose stream state is
// made when somebody first uses it as a stream. end(body) alone, the usual answer, goes out as one write
// of head and body and costs none.
'use strict';

const { Writable } = require('stream');
const { Buffer } = require('buffer');
const { defineLazyState } = require('internal_http_message');

const kToken = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const kNoText = /[^\t\x20-\x7e\x80-\xff]/;
const kIgnored = { oncomplete() {} };

const failure = (Kind, code, message) => Object.assign(new Kind(message), { code });

function checkHeader(name, value) {
  if (typeof name !== 'string' || !kToken.test(name))
    throw failure(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
  if (value === undefined) {
    throw failure(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  }
  for (const one of Array.isArray(value) ? value : [value]) {
    if (kNoText.test(one)) throw failure(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
}

// The header line is the same for a second.
let dateLine = '';
let dateUntil = 0;
function currentDate() {
  const time = Date.now();
  if (time >= dateUntil) {
    dateUntil = time - time % 1000 + 1000;
    dateLine = `Date: ${new Date(time).toUTCString()}\r\n`;
  }
  return dateLine;
}

function OutgoingMessage() {
  this._isStream = false;
  this.socket = null;
  this.link = null;             // the connection, when it is this message's turn
  this.queued = null;           // what waits for its turn
  this.headersSent = false;
  this.head = '';               // made, and not yet written
  this.isChunked = false;
  this.chunkedByDefault = true;
  this.hasBody = true;
  this.shouldKeepAlive = true;
  this.isLast = false;          // the connection ends behind it
  this.sendDate = false;
  this.headers = null;          // lower-case name: [name, value]
  this.trailerLines = '';
  this.isEndedAtOnce = false;
  this.isWritten = false;
  this.isGone = false;
}
Object.setPrototypeOf(OutgoingMessage, Writable);
Object.setPrototypeOf(OutgoingMessage.prototype, Writable.prototype);

defineLazyState(OutgoingMessage.prototype, '_writableState', (self) => {
  Writable.call(self, { decodeStrings: false, autoDestroy: self.destroysItself });
  if (self.isEndedAtOnce) Writable.prototype.end.call(self);
});

OutgoingMessage.prototype.destroysItself = true;

// The message as a stream where it is one, or what is known without.
function defineState(name, otherwise) {
  const { get, set } = Object.getOwnPropertyDescriptor(Writable.prototype, name);
  Object.defineProperty(OutgoingMessage.prototype, name, {
    configurable: true, set,
    get() { return this._isStream ? get.call(this) : otherwise(this); },
  });
}
defineState('writableEnded', (self) => self.isEndedAtOnce);
defineState('writableFinished', (self) => self.isWritten);
defineState('destroyed', (self) => self.isGone);
Object.defineProperty(OutgoingMessage.prototype, 'finished', { get() { return this.writableEnded; } });
Object.defineProperty(OutgoingMessage.prototype, 'connection', { get() { return this.socket; } });
Object.defineProperty(OutgoingMessage.prototype, '_header', { get() { return this.headersSent ? this.head : null; } });

Object.assign(OutgoingMessage.prototype, {
  setHeader(name, value) {
    if (this.headersSent) throw failure(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
    checkHeader(name, value);
    if (Array.isArray(value) && name.toLowerCase() === 'cookie') value = value.join('; ');
    (this.headers ??= new Map()).set(name.toLowerCase(), [name, value]);
    return this;
  },
  appendHeader(name, value) {
    const known = this.getHeader(name);
    return this.setHeader(name, known === undefined ? value : [known, value].flat());
  },
  getHeader(name) { return this.headers?.get(String(name).toLowerCase())?.[1]; },
  hasHeader(name) { return this.headers?.has(String(name).toLowerCase()) ?? false; },
  removeHeader(name) {
    if (this.headersSent) throw failure(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
    this.headers?.delete(String(name).toLowerCase());
  },
  getHeaderNames() { return [...this.headers?.keys() ?? []]; },
  getRawHeaderNames() { return [...this.headers?.values() ?? []].map(([name]) => name); },
  getHeaders() {
    const all = Object.create(null);
    for (const [key, [, value]] of this.headers ?? []) all[key] = value;
    return all;
  },

  // An object, or a list of names and values, which may name one twice.
  setHeaders(headers) {
    if (!Array.isArray(headers)) {
      for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
      return this;
    }
    const pairs = Array.isArray(headers[0]) ? headers.flat() : headers;
    for (let i = 0; i < pairs.length; i += 2) this.removeHeader(pairs[i]);
    for (let i = 0; i < pairs.length; i += 2) this.appendHeader(pairs[i], pairs[i + 1]);
    return this;
  },

  addTrailers(trailers) {
    const pairs = Array.isArray(trailers) ? trailers : Object.entries(trailers);
    for (const [name, value] of pairs) {
      checkHeader(name, value);
      this.trailerLines += `${name}: ${value}\r\n`;
    }
  },

  // `size` is that of the whole body, or undefined while nobody knows.
  makeHead(size) {
    let lines = this.firstLine();
    let [connection, hasLength, hasEncoding, hasDate, isChunked] = [undefined, false, false, false, false];
    if (this.headers !== null) {
      for (const [key, [name, value]] of this.headers) {
        if (key === 'connection') connection = String(value);
        else if (key === 'content-length') hasLength = true;
        else if (key === 'transfer-encoding') { hasEncoding = true; isChunked = /chunked/i.test(value); }
        else if (key === 'date') hasDate = true;
        if (Array.isArray(value)) for (const one of value) lines += `${name}: ${one}\r\n`;
        else lines += `${name}: ${value}\r\n`;
      }
    }
    if (this.sendDate && !hasDate) lines += currentDate();
    let framing = '';
    if (this.hasBody && !hasLength && !hasEncoding) {
      if (size !== undefined && (this.chunkedByDefault || size > 0) && !this.isOldFashioned) {
        framing = `Content-Length: ${size}\r\n`;
      } else if ((size === undefined || this.chunkedByDefault) && !this.isOldFashioned) {
        framing = 'Transfer-Encoding: chunked\r\n';
        isChunked = true;
      }
    }
    if (connection !== undefined) {
      this.isLast = /close/i.test(connection) || !this.shouldKeepAlive;
    } else if (this.shouldKeepAlive && (framing !== '' || hasLength || isChunked || !this.isOldFashioned)) {
      lines += this.keepAliveLines();
    } else {
      this.isLast = true;
      lines += 'Connection: close\r\n';
    }
    this.isChunked = isChunked && this.hasBody;
    this.headersSent = true;
    this.head = `${lines}${framing}\r\n`;
  },

  flushHeaders() {
    if (!this.headersSent) this.makeHead();
    if (this.head !== '') this.transmit(kIgnored, '', undefined, '');
  },

  // As Link.send(), with the head in front when it has not gone.
  transmit(request, before, body, after) {
    const head = this.head === '' ? before : this.head + before;
    if (this.link === null) {
      if (this.isGone) return -32;
      this.head = '';
      (this.queued ??= []).push([request, head, body, after]);
      return 1;
    }
    this.head = '';
    return this.link.send(request, head, body, after);
  },

  // It is this message's turn to write.
  takeTurn(link) {
    this.link = link;
    const { queued } = this;
    this.queued = null;
    for (const [request, head, body, after] of queued ?? []) {
      const result = link.send(request, head, body, after);
      if (result <= 0) request.oncomplete(result);
    }
  },

  write(chunk, encoding, callback) {
    if (this.writableEnded) {
      const error = failure(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      if (typeof encoding === 'function') callback = encoding;
      process.nextTick(() => { callback?.(error); this.emit('error', error); });
      return false;
    }
    if (!this.headersSent) this.makeHead();
    if (!this.hasBody) {
      if (typeof encoding === 'function') callback = encoding;
      if (callback) process.nextTick(callback);
      return true;
    }
    return Writable.prototype.write.call(this, chunk, encoding, callback);
  },

  _write(chunk, encoding, callback) {
    if (typeof chunk === 'string' && !/^utf-?8$/i.test(encoding)) chunk = Buffer.from(chunk, encoding);
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    if (size === 0) return callback();
    const request = { oncomplete: () => callback() };
    const result = this.isChunked ? this.transmit(request, `${size.toString(16)}\r\n`, chunk, '\r\n')
      : this.transmit(request, '', chunk, '');
    // A connection that is gone is told by `close`.
    if (result <= 0) callback();
  },

  _final(callback) {
    if (this.isEndedAtOnce) return callback();
    const after = this.isChunked ? `0\r\n${this.trailerLines}\r\n` : '';
    if (after === '' && this.head === '') return callback();
    const result = this.transmit({ oncomplete: () => callback() }, after, undefined, '');
    if (result <= 0) callback();
  },

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [chunk, encoding, callback] = [undefined, undefined, chunk];
    else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    const isPlain = chunk === undefined || chunk === null || chunk instanceof Uint8Array ||
      (typeof chunk === 'string' && (encoding === undefined || encoding === 'utf8'));
    if (this._isStream || this.isEndedAtOnce || !isPlain) return this.endAsStream(chunk, encoding, callback);
    if (callback) this.once('finish', callback);
    const size = chunk === undefined || chunk === null ? 0
      : typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    if (!this.headersSent) this.makeHead(size);
    this.isEndedAtOnce = true;
    const isEmpty = size === 0 || !this.hasBody;
    const last = this.isChunked ? `0\r\n${this.trailerLines}\r\n` : '';
    const result = isEmpty ? this.transmit(this, last, undefined, '')
      : this.isChunked ? this.transmit(this, `${size.toString(16)}\r\n`, chunk, `\r\n${last}`)
        : this.transmit(this, '', chunk, '');
    if (result <= 0) {
      this.isWritten = true;
      process.nextTick(finishAtOnce, this);
    }
    return this;
  },

  endAsStream(chunk, encoding, callback) {
    if (!this.headersSent && chunk !== undefined && chunk !== null && !this.writableEnded)
      this.makeHead(Buffer.byteLength(chunk, encoding));
    else if (!this.headersSent) this.makeHead(0);
    if (!this.hasBody) chunk = undefined;
    return Writable.prototype.end.call(this, chunk, encoding, callback);
  },

  // Of end()'s own write: the message is the request.
  oncomplete() {
    this.isWritten = true;
    finishAtOnce(this);
  },

  // The message is over, one way or the other.
  retire() {
    if (this.isGone) return;
    this.isGone = true;
    if (this._isStream) Writable.prototype.destroy.call(this);
    else if (this._events !== undefined) this.emit('close');
  },

  destroy(error) {
    if (this.destroyed) return this;
    return Writable.prototype.destroy.call(this, error);
  },

  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    if (this.socket !== null) this.socket.setTimeout(ms);
    else this.once('socket', (socket) => socket.setTimeout(ms));
    return this;
  },
});

function finishAtOnce(message) {
  if (!message._isStream && message._events !== undefined) {
    message.emit('prefinish');
    message.emit('finish');
  }
  message.finishedWriting();
}

module.exports = { OutgoingMessage, checkHeader, failure, kToken };
