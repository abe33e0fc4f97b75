// createSecureContext(): keys, certificates and rules out of the options that programs give.
'use strict';

const { Context } = binding('tls');
const { Buffer } = require('buffer');
const { withCode, received } = require('internal_errors');
const der = require('internal_der');

const kVersions = { 'TLSv1': 'TLSv1', 'TLSv1.1': 'TLSv1.1', 'TLSv1.2': 'TLSv1.2', 'TLSv1.3': 'TLSv1.3' };
const kSuites = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'];
const kCiphers = [
  'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384', 'DHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA256', 'DHE-RSA-AES256-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT', '!DES', '!RC4', '!MD5', '!PSK', '!SRP',
  '!CAMELLIA'];

const defaults = {
  DEFAULT_CIPHERS: [...kSuites, ...kCiphers].join(':'), DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3',
};

function checkedText(name, value) {
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  throw withCode(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options.${name}" property must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${received(value)}`);
}

const listOf = (value) => value === undefined || value === null ? [] : [value].flat();

// The certificates of one or several PEM texts.
function certificatesOf(name, value) {
  return listOf(value).flatMap((one) => der.blocksOf(checkedText(name, one))
    .filter(({ label }) => /CERTIFICATE$/.test(label)).map(({ bytes }) => bytes));
}

function ownCertificates(value) {
  const found = certificatesOf('cert', value);
  if (found.length > 0 || listOf(value).length === 0) return found;
  throw Object.assign(new Error('error:0480006C:PEM routines::no start line'),
                      { library: 'PEM routines', reason: 'no start line', code: 'ERR_OSSL_PEM_NO_START_LINE' });
}

// Of several keys the last one counts: a context has one certificate.
function keyOf({ key, passphrase }) {
  const one = listOf(key).at(-1);
  if (one === undefined) return undefined;
  const given = typeof one === 'object' && one.pem !== undefined ? one : { pem: one };
  const { createPrivateKey } = require('internal_crypto_key');
  return createPrivateKey({ key: checkedText('key', given.pem), passphrase: given.passphrase ?? passphrase }).encoded;
}

function versionOf(kind, name) {
  if (kVersions[name] === undefined)
    throw withCode(TypeError, 'ERR_TLS_INVALID_PROTOCOL_VERSION', `${JSON.stringify(name)} is not a valid ${kind} TLS protocol version`);
  return name;
}

// [least, most]; `TLSv1_2_method` and the like name one.
function versionsOf({ minVersion, maxVersion, secureProtocol }) {
  const exact = /^TLSv1(?:_([123]))?_(?:client_|server_)?method$/.exec(secureProtocol ?? '');
  if (exact !== null) {
    if (minVersion !== undefined || maxVersion !== undefined)
      throw withCode(TypeError, 'ERR_TLS_PROTOCOL_VERSION_CONFLICT', `TLS protocol version ${JSON.stringify(minVersion ?? maxVersion)} conflicts with secureProtocol ${JSON.stringify(secureProtocol)}`);
    const version = exact[1] === undefined ? 'TLSv1' : `TLSv1.${exact[1]}`;
    return [version, version];
  }
  return [versionOf('minimum', minVersion ?? defaults.DEFAULT_MIN_VERSION), versionOf('maximum', maxVersion ?? defaults.DEFAULT_MAX_VERSION)];
}

const kServerPreference = 4194304, kNoTicket = 16384, kNoTls13 = 536870912, kNoTls12 = 134217728;

// Names and values as OpenSSL's configuration has them.
function settingsOf(options) {
  const { ciphers = defaults.DEFAULT_CIPHERS, sigalgs, honorCipherOrder, secureOptions = 0 } = options;
  const [least, most] = versionsOf(options);
  const names = ciphers.split(':');
  const suites = names.filter((name) => name.startsWith('TLS_'));
  const older = names.filter((name) => !name.startsWith('TLS_'));
  const settings = ['MinProtocol', least, 'MaxProtocol', most];
  if (suites.length > 0) settings.push('Ciphersuites', suites.join(':'));
  if (older.length > 0) settings.push('CipherString', older.join(':'));
  const curve = options.ecdhCurve ?? defaults.DEFAULT_ECDH_CURVE;
  if (sigalgs !== undefined) settings.push('SignatureAlgorithms', sigalgs);
  if (curve !== 'auto') settings.push('Curves', curve);
  if (honorCipherOrder || (secureOptions & kServerPreference) !== 0) settings.push('Options', 'ServerPreference');
  if ((secureOptions & kNoTicket) !== 0) settings.push('Options', '-SessionTicket');
  if ((secureOptions & kNoTls13) !== 0) settings.push('Protocol', '-TLSv1.3');
  if ((secureOptions & kNoTls12) !== 0) settings.push('Protocol', '-TLSv1.2');
  return settings;
}

class SecureContext {
  constructor(options) {
    if (options.pfx !== undefined)
      throw withCode(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'violet run reads no PFX: give key and cert');
    const settings = settingsOf(options);
    const certificates = ownCertificates(options.cert);
    const key = keyOf(options);
    const authorities = options.ca === undefined || options.ca === null ? undefined : certificatesOf('ca', options.ca);
    try {
      this.context = new Context(settings, certificates, key, authorities);
    } catch (error) {
      if (error.code === 'ERR_SSL_PASSED_INVALID_ARGUMENT' && options.ecdhCurve)
        throw Object.assign(new Error('Failed to set ECDH curve'), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
      throw error;
    }
  }
}

const createSecureContext = (options = {}) => new SecureContext(options);

module.exports = { SecureContext, createSecureContext, defaults, kSuites };
