// The module `tls`: who connects and who listens. What lies between is TLSSocket.
'use strict';

const net = require('net');
const { isIP } = binding('dns');
const { invalidType, withCode } = require('internal_errors');
const { SecureContext, createSecureContext, defaults, kSuites } = require('internal_tls_context');
const { TLSSocket, wireProtocols } = require('internal_tls_socket');

const kHandshakeTimeout = 120 * 1000;

const checkServerIdentity = (...values) => require('internal_x509').checkServerIdentity(...values);

// ---- The client's side ----

// (options), (port, options), (port, host, options), (path, options), each with a callback behind.
function optionsOf(values) {
  const [first] = values;
  let found = {};
  if (typeof first === 'object' && first !== null) found = first;
  else if (typeof first === 'string' && !/^\d+$/.test(first)) found = { path: first };
  else found = { port: Number(first), ...typeof values[1] === 'string' ? { host: values[1] } : {} };
  return { ...found, ...values.slice(1).find((value) => typeof value === 'object' && value !== null) };
}

function connect(...values) {
  const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
  const options = { rejectUnauthorized: process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0', ...optionsOf(values) };
  options.secureContext ??= createSecureContext(options);
  if (options.servername === undefined && options.host && isIP(options.host) === 0) options.servername = options.host;
  const socket = new TLSSocket(options.socket, { ...options, isServer: false });
  if (callback) socket.once('secureConnect', callback);
  socket.on('secure', () => greet(socket, options));
  if (!options.socket) {
    if (options.timeout) socket.setTimeout(options.timeout);
    net.Socket.prototype.connect.call(socket, options);
  }
  return socket;
}

function greet(socket, options) {
  let error = socket.verifyError();
  if (error === undefined && !socket.isSessionReused()) {
    const host = options.servername || options.host || 'localhost';
    const check = options.checkServerIdentity ?? module.exports.checkServerIdentity;
    if (check !== checkServerIdentity || !socket.isPeerFor(host)) error = check(host, socket.getPeerCertificate(true));
  }
  if (error === undefined || error === null) {
    socket.authorized = true;
  } else {
    socket.authorizationError = error.code ?? error.message;
    if (options.rejectUnauthorized !== false) return socket.destroy(error);
  }
  socket.emit('secureConnect');
}

// ---- The server's side ----

function checkOptions(options) {
  if (typeof options !== 'object') throw invalidType('options', 'object', options);
  for (const [name, type] of [['SNICallback', 'function'], ['handshakeTimeout', 'number']]) {
    if (options[name] !== undefined && typeof options[name] !== type) throw invalidType(`options.${name}`, type, options[name]);
  }
}

class Server extends net.Server {
  constructor(options, listener) {
    if (typeof options === 'function') [options, listener] = [{}, options];
    checkOptions(options ?? {});
    super({ ...options, pauseOnConnect: true });
    this.contexts = [];   // [pattern of a name, context]
    this.setSecureContext(options ?? {});
    if (listener) this.on('secureConnection', listener);
    this.on('connection', (stream) => this.secure(stream));
  }

  setSecureContext(options) { this.context = createSecureContext({ honorCipherOrder: true, ...options }); }

  addContext(name, options) {
    const labels = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const context = options instanceof SecureContext ? options : createSecureContext(options);
    this.contexts.push([new RegExp(`^${labels.join('[^.]*')}$`, 'i'), context]);
  }

  chooseByName(name, callback) {
    callback(null, this.contexts.findLast(([pattern]) => pattern.test(name))?.[1]);
  }

  secure(stream) {
    const { options } = this;
    const byName = this.contexts.length > 0 ? (name, callback) => this.chooseByName(name, callback) : undefined;
    let timer;
    let isOver = false;   // the handshake, one way or the other
    const failed = (error, isKept = false) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (!isKept) socket.destroy();
      this.emit('tlsClientError', error ?? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), socket);
    };
    const socket = new TLSSocket(stream, {
      isServer: true, server: this, secureContext: this.context, ALPNProtocols: options.ALPNProtocols,
      requestCert: options.requestCert, rejectUnauthorized: options.requestCert === true && options.rejectUnauthorized !== false,
      SNICallback: options.SNICallback ?? byName, failed,
    });
    socket.on('secure', () => {
      clearTimeout(timer);
      if (!this.accept(socket)) return failed();
      isOver = true;
      this.emit('secureConnection', socket);
    });
    socket.on('close', () => failed());
    // Who fails in the handshake is told by tlsClientError.
    socket.on('error', (error) => { if (!isOver) failed(error); });
    timer = setTimeout(() => failed(withCode(Error, 'ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS handshake timeout'), true),
                       options.handshakeTimeout ?? kHandshakeTimeout).unref();
  }

  // Whether the client may stay.
  accept(socket) {
    if (!this.options.requestCert) return true;
    const error = socket.verifyError();
    socket.authorized = error === undefined;
    if (error === undefined) return true;
    socket.authorizationError = error.code;
    return this.options.rejectUnauthorized === false;
  }

  getTicketKeys() { throw withCode(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'violet run does not show its ticket keys'); }
  setTicketKeys() { throw withCode(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'violet run chooses its ticket keys itself'); }
}

// ---- The rest ----

const convertALPNProtocols = (protocols, out) => { out.ALPNProtocols = wireProtocols(protocols); };

// Those that the system trusts, as PEM.
let roots;
function rootCertificates() {
  if (roots !== undefined) return roots;
  const { readFileSync } = require('fs');
  const { blocksOf, toPem } = require('internal_der');
  let text = '';
  try { text = readFileSync('/etc/ssl/certs/ca-certificates.crt', 'latin1'); } catch { /* a system without */ }
  roots = Object.freeze(blocksOf(text).map(({ label, bytes }) => toPem(label, bytes).trim()));
  return roots;
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3, CLIENT_RENEG_WINDOW: 600, ...defaults,
  getCiphers: () => kSuites.concat(defaults.DEFAULT_CIPHERS.split(':').filter((name) => /^(ECDHE|DHE)/.test(name)))
    .map((name) => name.toLowerCase()),
  get rootCertificates() { return rootCertificates(); },
  convertALPNProtocols, checkServerIdentity,
  createSecureContext, SecureContext, TLSSocket, Server, connect,
  createServer: (options, listener) => new Server(options, listener),
};
