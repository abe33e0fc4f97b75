// TLSSocket: a net.Socket whose handle has TLS over it (internal_tls_handle.js), and who the other side is.
'use strict';

const net = require('net');
const { Connection } = binding('tls');
const { newError } = binding('process');
const { Buffer, asBuffer } = require('buffer');
const { withCode } = require('internal_errors');
const { TlsHandle, StreamTransport } = require('internal_tls_handle');
const { createSecureContext } = require('internal_tls_context');

// OpenSSL's numbers of what is wrong with a certificate.
const kVerdicts = {
  2: 'UNABLE_TO_GET_ISSUER_CERT', 3: 'UNABLE_TO_GET_CRL', 4: 'UNABLE_TO_DECRYPT_CERT_SIGNATURE', 5: 'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  6: 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 7: 'CERT_SIGNATURE_FAILURE', 8: 'CRL_SIGNATURE_FAILURE', 9: 'CERT_NOT_YET_VALID',
  10: 'CERT_HAS_EXPIRED', 11: 'CRL_NOT_YET_VALID', 12: 'CRL_HAS_EXPIRED', 13: 'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  14: 'ERROR_IN_CERT_NOT_AFTER_FIELD', 17: 'OUT_OF_MEM', 18: 'DEPTH_ZERO_SELF_SIGNED_CERT', 19: 'SELF_SIGNED_CERT_IN_CHAIN',
  20: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 21: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 22: 'CERT_CHAIN_TOO_LONG', 23: 'CERT_REVOKED',
  24: 'INVALID_CA', 25: 'PATH_LENGTH_EXCEEDED', 26: 'INVALID_PURPOSE', 27: 'CERT_UNTRUSTED', 28: 'CERT_REJECTED', 62: 'HOSTNAME_MISMATCH',
};
const kProtocolError = -71;
const kClientGone = 'Client network socket disconnected before secure TLS connection was established';

// ['a', 'b'] as it goes over the wire.
function wireProtocols(protocols) {
  if (protocols === undefined || protocols === null) return undefined;
  if (!Array.isArray(protocols)) return Buffer.from(protocols);
  return Buffer.concat(protocols.flatMap((one) => {
    const bytes = Buffer.from(one);
    if (bytes.length > 255)
      throw withCode(RangeError, 'ERR_OUT_OF_RANGE', `The byte length of the protocol at index ${protocols.indexOf(one)} exceeds the maximum length. It must be <= 255. Received ${bytes.length}`);
    return [Buffer.from([bytes.length]), bytes];
  }));
}

// A handle of the loop may be taken over: nobody reads from the stream above it any more.
const canTakeHandle = (stream) => stream instanceof net.Socket && !(stream instanceof TLSSocket) &&
  stream._handle !== null && !stream.connecting && stream.readableLength === 0;

function makeConnection(options) {
  const { context } = options.secureContext ?? createSecureContext(options);
  const asksFirst = typeof options.SNICallback === 'function';
  return new Connection(context, options.isServer === true, options.servername || undefined, wireProtocols(options.ALPNProtocols),
                        options.session, options.requestCert === true, options.rejectUnauthorized === true, asksFirst);
}

class TLSSocket extends net.Socket {
  constructor(stream, options = {}) {
    super({ allowHalfOpen: stream?.allowHalfOpen ?? options.allowHalfOpen, signal: options.signal });
    this.tls = options;
    this.server = options.server;
    this.authorized = false;
    this.authorizationError = null;
    this.alpnProtocol = null;
    this.servername = null;
    this.facts = undefined;       // what both sides agreed on
    this.session = undefined;     // that the server has sent
    this.isSecure = false;
    this.connection = makeConnection(options);
    if (stream) this.wrap(stream);
  }

  get encrypted() { return true; }

  wrap(stream) {
    this.below = stream;
    const waits = stream.connecting || (stream instanceof net.Socket && stream._handle === null && !stream.destroyed);
    if (waits) {
      this.connecting = true;
      stream.once('connect', () => { this.connecting = false; this.emit('connect'); });
    }
    const start = () => { if (!this.destroyed) this.read(0); };
    if (canTakeHandle(stream)) {
      const handle = stream._handle;
      const { onclose } = handle;
      handle.onclose = () => {
        if (stream.destroyed) return onclose();
        stream._handle = null;
        stream.destroy();
      };
      this.adopt(handle);
    } else {
      const transport = new StreamTransport(stream);
      transport.onerror = (error) => this.destroy(error);
      this.adopt(transport);
    }
    if (this.connecting) this.once('connect', start);
    else if (this.tls.isServer) start();
    else process.nextTick(start);
  }

  adopt(handle) {
    super.adopt(new TlsHandle(handle, this.connection, this));
  }

  // ---- What the handle tells ----

  secured() {
    this.isSecure = true;
    this.facts = this.connection.facts();
    this.alpnProtocol = this.facts.alpnProtocol ?? false;
    this.servername = this.facts.servername ?? false;
    this.emit('secure');
  }

  // `error` is OpenSSL's, the loop's number, or none when the other side has just gone.
  handshakeFailed(error, isWriting = false) {
    if (typeof error === 'number') error = newError(error, 'read');
    if (this.destroyed) return;
    if (this.tls.isServer) {
      if (error !== undefined) this.tls.failed?.(error);
      return this.destroy();
    }
    if (error !== undefined) this.destroy(isWriting ? writeError(error) : error);
    else process.nextTick(() => { if (!this.destroyed) this.destroy(this.goneError()); });
  }

  goneError() {
    const { path, host, port, localAddress } = this.tls;
    return Object.assign(new Error(kClientGone), { code: 'ECONNRESET', path, host, port, localAddress });
  }

  chooseContext(callback) {
    const name = this.connection.facts().servername;
    if (name === undefined) return callback(undefined);
    this.tls.SNICallback(name, (error, context) => {
      if (error) return this.tls.failed?.(error);
      callback(context?.context ?? undefined);
    });
  }

  keepSession(bytes) {
    this.session = asBuffer(bytes);
    if (!this.tls.isServer && this.listenerCount('session') > 0) this.emit('session', this.session);
  }

  // Why the other side's certificate is not to be trusted, or undefined.
  verifyError() {
    const { verdict, reason } = this.facts;
    if (this.tls.isServer && this.connection.certificates(false).length === 0)
      return withoutStackName(new Error('unable to get issuer certificate'), 'UNABLE_TO_GET_ISSUER_CERT');
    return verdict === 0 ? undefined : withoutStackName(new Error(reason), kVerdicts[verdict] ?? 'UNSPECIFIED');
  }

  // What checkServerIdentity() asks, without all that a certificate says besides.
  isPeerFor(host) {
    const [raw] = this.connection.certificates(false);
    return raw !== undefined && require('internal_x509').isCertificateFor(host, raw);
  }

  // ---- What programs ask ----

  getProtocol() { return this.destroyed ? null : (this.facts ?? this.connection.facts()).protocol; }

  getCipher() {
    if (this.destroyed) return null;
    if (this.facts === undefined) return undefined;
    const { cipher, standardCipher, cipherVersion } = this.facts;
    return { name: cipher, standardName: standardCipher, version: cipherVersion };
  }

  getEphemeralKeyInfo() {
    if (this.tls.isServer || this.destroyed) return null;
    const { exchangeBits, exchangeGroup, exchangeKind } = this.facts ?? {};
    if (exchangeKind === undefined) return {};
    if (exchangeKind === 'DH') return { type: 'DH', size: exchangeBits };
    return { type: 'ECDH', name: exchangeKind === 'EC' ? exchangeGroup : exchangeKind, size: exchangeBits };
  }

  getPeerCertificate(isDetailed = false) {
    if (this.destroyed) return null;
    const { describeCertificate } = require('internal_x509');
    const chain = this.facts === undefined ? [] : this.connection.certificates(false);
    if (chain.length === 0) return {};
    if (!isDetailed) return describeCertificate(chain[0]);
    const described = chain.map(describeCertificate);
    described.forEach((one, i) => {
      const issuer = described[i + 1] ?? (isOwnIssuer(one) ? one : undefined);
      if (issuer !== undefined) one.issuerCertificate = issuer;
    });
    return described[0];
  }

  getCertificate() {
    if (this.destroyed) return null;
    const [own] = this.connection.certificates(true);
    return own === undefined ? {} : require('internal_x509').describeCertificate(own);
  }
  getPeerX509Certificate() { return x509Of(this.connection.certificates(false)[0]); }
  getX509Certificate() { return x509Of(this.connection.certificates(true)[0]); }

  getSession() { return this.destroyed ? null : this.session; }
  getSharedSigalgs() { return []; }
  getTLSTicket() { return undefined; }
  isSessionReused() { return this.destroyed ? null : this.facts?.isReused === 1; }
  exportKeyingMaterial(size, label, context) {
    if (!this.isSecure) throw withCode(Error, 'ERR_TLS_INVALID_STATE', 'TLS socket connection must be securely established');
    return asBuffer(this.connection.exportKey(size, label, context));
  }
  setMaxSendFragment() { return true; }
  disableRenegotiation() {}
  enableTrace() {}
}

// Who waits to write hears that this has failed.
function writeError({ message }) {
  const error = newError(kProtocolError, 'write');
  error.message = `write EPROTO ${message}`;
  return error;
}

const isOwnIssuer = ({ subject, issuer }) => JSON.stringify(subject) === JSON.stringify(issuer);
const x509Of = (raw) => raw === undefined ? undefined : new (require('internal_x509').X509Certificate)(raw);
const withoutStackName = (error, code) => Object.assign(error, { code });

module.exports = { TLSSocket, wireProtocols };
