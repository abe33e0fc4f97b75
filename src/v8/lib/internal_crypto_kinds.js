// The kinds of asymmetric keys by their DER: what there is to say of one, and its form as JSON Web Key.
'use strict';

const { Buffer } = require('buffer');
const { failure } = require('internal_crypto');
const { invalidType, invalidValue } = require('internal_errors');
const der = require('internal_der');

const kKinds = {
  '1.2.840.113549.1.1.1': 'rsa', '1.2.840.113549.1.1.10': 'rsa-pss', '1.2.840.10045.2.1': 'ec', '1.2.840.10040.4.1': 'dsa',
  '1.2.840.113549.1.3.1': 'dh', '1.3.101.110': 'x25519', '1.3.101.111': 'x448', '1.3.101.112': 'ed25519', '1.3.101.113': 'ed448',
};
const kOids = Object.fromEntries(Object.entries(kKinds).map(([oid, kind]) => [kind, oid]));

// OpenSSL's name, the name in a JWK, the size of a coordinate.
const kCurves = {
  '1.2.840.10045.3.1.7': ['prime256v1', 'P-256', 32], '1.3.132.0.34': ['secp384r1', 'P-384', 48],
  '1.3.132.0.35': ['secp521r1', 'P-521', 66], '1.3.132.0.10': ['secp256k1', 'secp256k1', 32],
  '1.2.840.10045.3.1.1': ['prime192v1', undefined, 24], '1.3.132.0.33': ['secp224r1', undefined, 28],
};
const kDigests = {
  '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512', '2.16.840.1.101.3.4.2.4': 'sha224',
};
const kEdwards = { ed25519: 'Ed25519', ed448: 'Ed448', x25519: 'X25519', x448: 'X448' };

function curveByName(name) {
  return Object.entries(kCurves).find(([, [openssl, jwk]]) => name === openssl || name === jwk);
}

// Of a SubjectPublicKeyInfo.
function factsOf(publicForm) {
  const [algorithm, value] = der.parse(publicForm).parts;
  const [oid, parameters] = algorithm.parts;
  const kind = kKinds[oid.oid] ?? oid.oid;
  const facts = { kind, details: {}, value: value.bits };
  if (kind === 'rsa' || kind === 'rsa-pss') {
    const [modulus, exponent] = der.parse(value.bits).parts;
    Object.assign(facts, { modulus, exponent });
    facts.details.modulusLength = modulus.number.toString(2).length;
    facts.details.publicExponent = exponent.number;
    if (kind === 'rsa-pss' && parameters?.content.length > 0) Object.assign(facts.details, pssDetails(parameters));
  } else if (kind === 'ec') {
    facts.curve = parameters.oid;
    facts.details.namedCurve = kCurves[parameters.oid]?.[0] ?? parameters.oid;
  }
  return facts;
}

// RSASSA-PSS-params: what is not said is the standard's.
function pssDetails(parameters) {
  const said = {};
  for (const part of parameters.parts) said[part.tag & 0x1f] = part.parts[0];
  const digestOf = (algorithm) => kDigests[algorithm.parts[0].oid];
  return {
    hashAlgorithm: said[0] ? digestOf(said[0]) : 'sha1',
    mgf1HashAlgorithm: said[1] ? digestOf(said[1].parts[1]) : 'sha1',
    saltLength: said[2] ? Number(said[2].number) : 20,
  };
}

// ---- JSON Web Keys ----

const url = (bytes) => bytes.toString('base64url');
const unsupported = () => failure(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');

function publicToJwk({ kind, modulus, exponent, curve, value }) {
  if (kind === 'rsa') return { kty: 'RSA', n: url(modulus.integer), e: url(exponent.integer) };
  if (kEdwards[kind] !== undefined) return { crv: kEdwards[kind], x: url(value), kty: 'OKP' };
  if (kind !== 'ec') throw unsupported();
  const [, name, size] = kCurves[curve] ?? [];
  if (name === undefined)
    throw failure(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE', `Unsupported JWK EC curve: ${kCurves[curve]?.[0] ?? curve}.`);
  return { kty: 'EC', x: url(value.subarray(1, 1 + size)), y: url(value.subarray(1 + size)), crv: name };
}

function privateToJwk(facts, encoded) {
  const inner = der.parse(encoded).parts[2].content;
  if (facts.kind === 'rsa') {
    const [, n, e, d, p, q, dp, dq, qi] = der.parse(inner).parts.map((part) => url(part.integer));
    return { kty: 'RSA', n, e, d, p, q, dp, dq, qi };
  }
  const open = publicToJwk(facts);
  if (facts.kind === 'ec') return { ...open, d: url(der.parse(inner).parts[1].content) };
  return { crv: open.crv, d: url(der.parse(inner).content), x: open.x, kty: 'OKP' };
}

function fieldsOf(key, names) {
  return names.map((name) => {
    if (typeof key[name] !== 'string') throw invalidType(`key.${name}`, 'string', key[name]);
    return Buffer.from(key[name], 'base64url');
  });
}

const algorithmOf = (kind, parameters) => der.sequence(der.oid(kOids[kind]), parameters ?? Buffer.alloc(0));
const kZero = der.integer(Buffer.from([0]));
const kNull = der.encode(der.kTags.null);

// PrivateKeyInfo where it is private and that is wanted, else SubjectPublicKeyInfo.
function fromJwk(key, isPrivate) {
  const { kty, crv } = key;
  if (kty === 'RSA') return rsaFromJwk(key, isPrivate);
  if (kty === 'EC') return curveFromJwk(key, isPrivate);
  if (kty !== 'OKP')
    throw invalidValue('key.kty', kty, "must be one of: 'RSA', 'EC', 'OKP'");
  const kind = Object.keys(kEdwards).find((known) => kEdwards[known] === crv);
  if (kind === undefined) throw invalidValue('key.crv', crv, "must be one of: 'Ed25519', 'Ed448', 'X25519', 'X448'");
  const [x] = fieldsOf(key, ['x']);
  if (!isPrivate && key.d === undefined) return der.sequence(algorithmOf(kind), der.bits(x));
  const [d] = fieldsOf(key, ['d']);
  return der.sequence(kZero, algorithmOf(kind), der.octets(der.octets(d)));
}

function rsaFromJwk(key, isPrivate) {
  const [n, e] = fieldsOf(key, ['n', 'e']);
  if (!isPrivate && key.d === undefined)
    return der.sequence(algorithmOf('rsa', kNull), der.bits(der.sequence(der.integer(n), der.integer(e))));
  const rest = fieldsOf(key, ['d', 'p', 'q', 'dp', 'dq', 'qi']);
  const inner = der.sequence(kZero, ...[n, e, ...rest].map(der.integer));
  return der.sequence(kZero, algorithmOf('rsa', kNull), der.octets(inner));
}

function curveFromJwk(key, isPrivate) {
  const [oid, [, , size]] = Object.entries(kCurves).find(([, [, name]]) => name !== undefined && name === key.crv) ?? [, []];
  if (oid === undefined) throw invalidValue('key.crv', key.crv, "must be one of: 'P-256', 'secp256k1', 'P-384', 'P-521'");
  const [x, y] = fieldsOf(key, ['x', 'y']);
  if (x.length !== size || y.length !== size) throw failure(TypeError, 'ERR_CRYPTO_INVALID_JWK', 'Invalid JWK EC key');
  const point = Buffer.concat([Buffer.from([4]), x, y]);
  if (!isPrivate && key.d === undefined) return curvePublicForm(oid, point);
  return curvePrivateForm(oid, fieldsOf(key, ['d'])[0], point);
}

const curvePublicForm = (oid, point) => der.sequence(algorithmOf('ec', der.oid(oid)), der.bits(point));

// Without the point OpenSSL reckons it.
function curvePrivateForm(oid, secret, point) {
  const inner = [der.integer(Buffer.from([1])), der.octets(secret)];
  if (point !== undefined) inner.push(der.encode(0xa1, der.bits(point)));
  return der.sequence(kZero, algorithmOf('ec', der.oid(oid)), der.octets(der.sequence(...inner)));
}

module.exports = { factsOf, publicToJwk, privateToJwk, fromJwk, curveByName, curvePublicForm, curvePrivateForm, kCurves };
