// Certificates (X.509), read from their DER, and whether one is for a host.
'use strict';

const { Buffer } = require('buffer');
const { isIP } = require('net');
const { received } = require('internal_errors');
const der = require('internal_der');
const { factsOf, kCurves } = require('internal_crypto_kinds');

const kNames = {
  '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.9': 'street',
  '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.12': 'title', '2.5.4.42': 'GN', '2.5.4.43': 'initials',
  '1.2.840.113549.1.9.1': 'emailAddress', '0.9.2342.19200300.100.1.25': 'DC', '0.9.2342.19200300.100.1.1': 'UID',
};
const kExtensions = {
  '2.5.29.17': 'altNames', '2.5.29.19': 'constraints', '2.5.29.37': 'purposes', '1.3.6.1.5.5.7.1.1': 'access',
};
const kAccess = { '1.3.6.1.5.5.7.48.1': 'OCSP', '1.3.6.1.5.5.7.48.2': 'CA Issuers' };
const kMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const kTwoByteString = 0x1e;

function textOf({ tag, content }) {
  return tag === kTwoByteString ? Buffer.from(content).swap16().toString('utf16le') : content.toString();
}

// [[name, value], ...]
function pairsOf(name) {
  return name.parts.flatMap((set) => set.parts.map((pair) => {
    const [oid, value] = pair.parts;
    return [kNames[oid.oid] ?? oid.oid, textOf(value)];
  }));
}

// { name: value }, where a name that comes twice has a list.
function tableOf(pairs) {
  const table = Object.create(null);
  for (const [name, value] of pairs) table[name] = name in table ? [table[name], value].flat() : value;
  return table;
}

// A year of two digits stands for one between 1950 and 2049.
function dateOf({ tag, content }) {
  let digits = content.toString('latin1');
  if (tag === 0x17) digits = (Number(digits.slice(0, 2)) < 50 ? '20' : '19') + digits;
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(\d{6})/.exec(digits);
  return `${kMonths[month - 1]} ${String(Number(day)).padStart(2)} ${time.match(/../g).join(':')} ${year} GMT`;
}

function addressOf(bytes) {
  if (bytes.length === 4) return [...bytes].join('.');
  return bytes.toString('hex').match(/.{4}/g).map((four) => parseInt(four, 16).toString(16).toUpperCase()).join(':');
}

// A name in which a comma or a quote stands is quoted, so that nobody takes it for two.
const quoted = (text) => /[,"\\]/.test(text) || [...text].some((letter) => letter < ' ') ? JSON.stringify(text) : text;

function generalName({ tag, content, oid, all }) {
  switch (tag) {
    case 0x81: return `email:${quoted(content.toString('latin1'))}`;
    case 0x82: return `DNS:${quoted(content.toString('latin1'))}`;
    case 0x86: return `URI:${quoted(content.toString('latin1'))}`;
    case 0x87: return `IP Address:${addressOf(content)}`;
    case 0x88: return `Registered ID:${oid}`;
    case 0xa4: return `DirName:${pairsOf(der.parse(all).parts[0]).map((pair) => pair.join(' = ')).join(', ')}`;
    default: return 'othername:<unsupported>';
  }
}

function extensionsOf(list) {
  const found = {};
  for (const extension of list) {
    const [oid, ...rest] = extension.parts;
    const name = kExtensions[oid.oid];
    if (name !== undefined) found[name] = der.parse(rest.at(-1).content).parts;
  }
  return found;
}

function accessOf(parts) {
  return parts?.map(({ parts: [method, place] }) => [kAccess[method.oid] ?? method.oid, generalName(place)]);
}

// What there is to say of a certificate.
function parseCertificate(raw) {
  const whole = der.parse(raw);
  const [content, algorithm, signature] = whole.parts;
  let fields = content.parts;
  if (fields[0].tag === 0xa0) fields = fields.slice(1);
  const [serial, , issuer, validity, subject, key, ...optional] = fields;
  const listed = optional.find(({ tag }) => tag === 0xa3);
  const extensions = listed === undefined ? {} : extensionsOf(listed.parts[0].parts);
  const [from, to] = validity.parts;
  return {
    raw: whole.all, content: content.all, algorithm: algorithm.parts[0].oid, signature: signature.bits,
    serialNumber: serial.integer.toString('hex').toUpperCase(),
    subject: pairsOf(subject), issuer: pairsOf(issuer), subjectForm: subject.all, issuerForm: issuer.all,
    validFrom: dateOf(from), validTo: dateOf(to), publicForm: key.all,
    isAuthority: extensions.constraints?.[0]?.content[0] === 0xff,
    altNames: extensions.altNames?.map(generalName).join(', '),
    purposes: extensions.purposes?.map(({ oid }) => oid),
    access: accessOf(extensions.access),
  };
}

function fingerprint(raw, digest) {
  return require('crypto').createHash(digest).update(raw).digest('hex').toUpperCase().match(/../g).join(':');
}

function keyFacts(publicForm) {
  const { kind, modulus, exponent, curve, value, details } = factsOf(publicForm);
  if (kind === 'rsa') {
    return { modulus: modulus.integer.toString('hex').toUpperCase(), bits: details.modulusLength,
             exponent: `0x${exponent.number.toString(16)}`, pubkey: Buffer.from(publicForm) };
  }
  if (kind !== 'ec') return {};
  const [name, nist, size] = kCurves[curve] ?? [];
  const isNist = nist?.startsWith('P-');
  return { bits: curve === '1.3.132.0.35' ? 521 : size * 8, pubkey: Buffer.from(value), asn1Curve: name, ...isNist ? { nistCurve: nist } : {} };
}

// As getPeerCertificate() shows it.
function describeCertificate(raw) {
  const known = parseCertificate(raw);
  const { altNames, access, purposes } = known;
  const places = access && Object.create(null);
  for (const [method, place] of access ?? []) {
    const [, kind, value] = /^([^:]+):(.*)$/.exec(place);
    (places[`${method} - ${kind}`] ??= []).push(value);
  }
  return {
    subject: tableOf(known.subject), issuer: tableOf(known.issuer),
    ...altNames === undefined ? {} : { subjectaltname: altNames },
    ...places === undefined ? {} : { infoAccess: places },
    ca: known.isAuthority, ...keyFacts(known.publicForm),
    valid_from: known.validFrom, valid_to: known.validTo,
    fingerprint: fingerprint(raw, 'sha1'), fingerprint256: fingerprint(raw, 'sha256'), fingerprint512: fingerprint(raw, 'sha512'),
    ...purposes === undefined ? {} : { ext_key_usage: purposes },
    serialNumber: known.serialNumber, raw: Buffer.from(raw),
  };
}

// ---- For which host ----

const withoutDot = (host) => host.endsWith('.') ? host.slice(0, -1) : host;

// A star stands for a part of the first label, and not in a name of two labels.
function isFor(host, pattern) {
  const [labels, wanted] = [withoutDot(host).toLowerCase().split('.'), withoutDot(pattern).toLowerCase().split('.')];
  if (pattern === '' || labels.length !== wanted.length || labels.slice(1).join() !== wanted.slice(1).join()) return false;
  const parts = wanted[0].split('*');
  if (parts.length === 1) return labels[0] === wanted[0];
  const [before, after] = parts;
  return parts.length === 2 && wanted.length > 2 && !wanted[0].startsWith('xn--') &&
    labels[0].length >= before.length + after.length && labels[0].startsWith(before) && labels[0].endsWith(after);
}

// "DNS:a, IP Address:b" into its names; one in quotes may have commas.
function splitNames(text) {
  return [...(text ?? '').matchAll(/([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)]
    .map(([, kind, value]) => [kind, value.startsWith('"') ? JSON.parse(value) : value]);
}

const plainAddress = (text) => isIP(text) === 6 ? new URL(`http://[${text}]`).hostname : text;

// Why a certificate is not the host's, or undefined.
function reasonAgainst(host, { subject, subjectaltname }) {
  const names = splitNames(subjectaltname);
  const valuesOf = (kind) => names.filter(([name]) => name === kind).map(([, value]) => value);
  const addresses = valuesOf('IP Address');
  if (isIP(host) !== 0) {
    const known = addresses.map(plainAddress);
    return known.includes(plainAddress(host)) ? undefined : `IP: ${host} is not in the cert's list: ${addresses.map(plainAddress).join(', ')}`;
  }
  const hosts = valuesOf('DNS');
  if (hosts.length > 0)
    return hosts.some((one) => isFor(host, one)) ? undefined : `Host: ${withoutDot(host)}. is not in the cert's altnames: ${subjectaltname}`;
  const common = subject?.CN;
  if (common === undefined) return 'Cert does not contain a DNS name';
  return [common].flat().some((one) => isFor(host, one)) ? undefined : `Host: ${withoutDot(host)}. is not cert's CN: ${common}`;
}

function isCertificateFor(host, raw) {
  const { subject, altNames } = parseCertificate(raw);
  return reasonAgainst(host, { subject: tableOf(subject), subjectaltname: altNames }) === undefined;
}

function checkServerIdentity(host, certificate) {
  const name = String(host);
  const reason = reasonAgainst(name, certificate);
  if (reason === undefined) return undefined;
  const error = new Error(`Hostname/IP does not match certificate's altnames: ${reason}`);
  return Object.assign(error, { reason, host: name, cert: certificate, code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
}

// ---- crypto.X509Certificate ----

// As RFC 2253 has it: what could be taken for the end of a value is marked.
const escaped = (text) => text.replace(/[,+"\\<>;]|^[# ]| $/g, '\\$&');
const lines = (pairs) => pairs.map(([name, value]) => `${name}=${escaped(value)}`).join('\n');

class X509Certificate {
  #known;
  constructor(given) {
    const { failure } = require('internal_crypto');
    if (typeof given !== 'string' && !ArrayBuffer.isView(given))
      throw failure(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buffer" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${received(given)}`);
    const bytes = typeof given === 'string' ? Buffer.from(given) : Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const raw = bytes[0] === der.kTags.sequence ? bytes : der.blocksOf(bytes.toString('latin1'))[0]?.bytes;
    if (raw === undefined)
      throw Object.assign(failure(Error, 'ERR_OSSL_PEM_NO_START_LINE', 'error:0480006C:PEM routines::no start line'),
                          { library: 'PEM routines', reason: 'no start line' });
    this.#known = parseCertificate(raw);
  }
  get subject() { return lines(this.#known.subject); }
  get issuer() { return lines(this.#known.issuer); }
  get subjectAltName() { return this.#known.altNames; }
  get infoAccess() { return this.#known.access?.map((pair) => pair.join(' - ')).join('\n'); }
  get validFrom() { return this.#known.validFrom; }
  get validTo() { return this.#known.validTo; }
  get fingerprint() { return fingerprint(this.raw, 'sha1'); }
  get fingerprint256() { return fingerprint(this.raw, 'sha256'); }
  get fingerprint512() { return fingerprint(this.raw, 'sha512'); }
  get keyUsage() { return this.#known.purposes; }
  get serialNumber() { return this.#known.serialNumber; }
  get ca() { return this.#known.isAuthority; }
  get raw() { return Buffer.from(this.#known.raw); }
  get issuerCertificate() { return undefined; }
  get publicKey() {
    return require('crypto').createPublicKey({ key: this.#known.publicForm, format: 'der', type: 'spki' });
  }

  checkHost(name) {
    const reason = reasonAgainst(name, { subject: tableOf(this.#known.subject), subjectaltname: this.#known.altNames });
    return reason === undefined ? name : undefined;
  }
  checkIP(address) { return this.#names('IP Address').map(plainAddress).includes(plainAddress(address)) ? address : undefined; }
  checkEmail(address) { return this.#names('email').includes(address) ? address : undefined; }
  #names(kind) { return splitNames(this.#known.altNames).filter(([name]) => name === kind).map(([, value]) => value); }

  checkIssued(other) {
    return Buffer.compare(this.#known.issuerForm, other.#known.subjectForm) === 0 && this.verify(other.publicKey);
  }
  checkPrivateKey(key) { return require('crypto').createPublicKey(key).equals(this.publicKey); }
  verify(key) {
    const { algorithm, content, signature } = this.#known;
    return require('crypto').verify(kSignatures[algorithm] ?? null, content, key, signature);
  }

  toString() { return der.toPem('CERTIFICATE', this.raw); }
  toJSON() { return this.toString(); }
  toLegacyObject() { return describeCertificate(this.raw); }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    const shown = {};
    for (const name of ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256',
                        'fingerprint512', 'keyUsage', 'serialNumber']) shown[name] = this[name];
    return `X509Certificate ${require('util').inspect(shown, options)}`;
  }
}

const kSignatures = {
  '1.2.840.113549.1.1.5': 'sha1', '1.2.840.113549.1.1.11': 'sha256', '1.2.840.113549.1.1.12': 'sha384', '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512',
};

module.exports = { parseCertificate, describeCertificate, checkServerIdentity, isCertificateFor, X509Certificate };
