// Request and Response, as programs make and see them.
'use strict';

const { Headers, fix } = require('internal_fetch_headers');
const { Body, Message, kBody } = require('internal_fetch_body');

const custom = Symbol.for('nodejs.util.inspect.custom');
const kUsualMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const kWithoutBody = [101, 103, 204, 205, 304];

function methodOf(method) {
  const text = String(method);
  if (!/^[!#$%&'*+.^`|~\w-]+$/.test(text) || /^(connect|trace|track)$/i.test(text))
    throw new TypeError(`'${text}' is not a valid HTTP method.`);
  return kUsualMethods.includes(text.toUpperCase()) ? text.toUpperCase() : text;
}

function addressOf(input) {
  let url;
  try {
    url = new URL(input);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause });
  }
  if (url.username !== '' || url.password !== '') throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
  return url;
}

class Request extends Message {
  #url;
  constructor(input, init = {}) {
    super();
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 present.');
    const other = input instanceof Request ? input : undefined;
    init ??= {};
    this.#url = other === undefined ? addressOf(input) : new URL(other.url);
    const set = (name, value) => Object.defineProperty(this, name, { value, configurable: true });
    set('method', init.method === undefined ? other?.method ?? 'GET' : methodOf(init.method));
    set('headers', new Headers(init.headers ?? other?.headers));
    set('redirect', init.redirect ?? other?.redirect ?? 'follow');
    if (!['follow', 'error', 'manual'].includes(this.redirect)) throw new TypeError(`Request constructor: ${this.redirect} is not an accepted type. Expected one of follow, error, manual.`);
    const signal = init.signal === undefined ? other?.signal : init.signal;
    if (signal !== undefined && signal !== null && !(signal instanceof AbortSignal))
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    set('signal', AbortSignal.any(signal ? [signal] : []));
    for (const [name, value] of Object.entries({ mode: 'cors', credentials: 'same-origin', cache: 'default', referrer: 'about:client',
                                                 referrerPolicy: '', integrity: '', keepalive: false, destination: '', duplex: 'half' }))
      set(name, init[name] ?? other?.[name] ?? value);
    this.#takeBody(init, other);
  }

  #takeBody(init, other) {
    const hasOwnBody = init.body !== undefined && init.body !== null;
    if ((hasOwnBody || other?.[kBody].isNone === false) && (this.method === 'GET' || this.method === 'HEAD'))
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    if (!hasOwnBody && other !== undefined && !other[kBody].isNone) {
      if (other[kBody].isUnusable) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
      this[kBody] = new Body(other[kBody].source, other[kBody].type);
      other[kBody].isRead = true;
      return;
    }
    this[kBody] = Body.of(init.body);
    const isStream = !this[kBody].isNone && !this[kBody].isBytes;
    if (isStream && init.duplex !== 'half') throw new TypeError('RequestInit: duplex option is required when sending a body.');
    if (this[kBody].type !== null && !this.headers.has('content-type')) this.headers.append('content-type', this[kBody].type);
  }

  get url() { return this.#url.href; }
  clone() {
    if (this[kBody].isUnusable) throw new TypeError('unusable');
    const made = new Request(this.url, { ...this.shown(), headers: this.headers, signal: this.signal });
    made[kBody] = this[kBody].clone();
    return made;
  }
  shown() {
    const { method, redirect, mode, credentials, cache } = this;
    return { method, redirect, mode, credentials, cache };
  }
  get [Symbol.toStringTag]() { return 'Request'; }
  [custom](depth, options, inspect) {
    return `Request ${inspect({ method: this.method, url: this.url, headers: this.headers, ...this.shown(), signal: this.signal }, options)}`;
  }
}

class Response extends Message {
  #state = { type: 'default', url: '', redirected: false, status: 200, statusText: '' };
  constructor(body = null, init = {}) {
    super();
    const { status = 200, statusText = '', headers } = init ?? {};
    if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    if (/[^\t\x20-\x7e\x80-\xff]/.test(statusText)) throw new TypeError('Invalid statusText');
    Object.assign(this.#state, { status: Math.trunc(status), statusText: String(statusText) });
    Object.defineProperty(this, 'headers', { value: new Headers(headers), configurable: true });
    if (body !== null && kWithoutBody.includes(status)) throw new TypeError('Invalid response status code ' + status);
    this[kBody] = Body.of(body);
    if (this[kBody].type !== null && !this.headers.has('content-type')) this.headers.append('content-type', this[kBody].type);
  }

  // One that has come over the wire, whatever its status.
  static received(state, headers, body) {
    const made = new Response();
    Object.assign(made.#state, state);
    Object.defineProperty(made, 'headers', { value: fix(headers) });
    made[kBody] = body;
    return made;
  }
  static error() { return Response.received({ type: 'error', status: 0 }, new Headers(), new Body(null)); }
  static json(data, init = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const made = new Response(text, init);
    if (!new Headers(init.headers).has('content-type')) made.headers.set('content-type', 'application/json');
    return made;
  }
  static redirect(url, status = 302) {
    const address = addressOf(url);
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
    return Response.received({ status, statusText: '' }, new Headers({ location: address.href }), new Body(null));
  }

  get type() { return this.#state.type; }
  get url() { return this.#state.url; }
  get redirected() { return this.#state.redirected; }
  get status() { return this.#state.status; }
  get ok() { return this.status >= 200 && this.status <= 299; }
  get statusText() { return this.#state.statusText; }
  clone() {
    if (this[kBody].isUnusable) throw new TypeError('Response.clone: Body has already been consumed.');
    return receivedResponse(this.#state, new Headers([...this.headers]), this[kBody].clone());
  }
  get [Symbol.toStringTag]() { return 'Response'; }
  [custom](depth, options, inspect) {
    const { status, statusText, headers, bodyUsed, ok, redirected, type, url } = this;
    return `Response ${inspect({ status, statusText, headers, bodyUsed, ok, redirected, type, url }, options)}`;
  }
}
const receivedResponse = Response.received;

module.exports = { Request, Response, receivedResponse };
