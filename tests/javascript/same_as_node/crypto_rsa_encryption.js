// Encryption with one key of a pair and decryption with the other, and secrets that two sides have in common.
const crypto = require('crypto');
const { file, log, refuse } = require('../keys');

const { constants, publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt } = crypto;
const key = crypto.createPrivateKey(file('rsa.key'));
const open = crypto.createPublicKey(key);
const text = Buffer.from('between us');

for (const options of [{}, { oaepHash: 'sha256' }, { oaepLabel: Buffer.from('label') },
                       { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha512' }]) {
  const hidden = publicEncrypt({ key: open, ...options }, text);
  console.log(hidden.length, privateDecrypt({ key, ...options }, hidden).toString());
}
console.log(privateDecrypt(file('rsa.key'), publicEncrypt(file('rsa.crt'), text)).toString(), privateDecrypt(key, publicEncrypt(key, text)).toString());
console.log(privateDecrypt({ key: file('rsa_pkcs8_encrypted.key'), passphrase: 'secret' }, publicEncrypt(open.export({ type: 'spki', format: 'pem' }), text)).toString());
const sealed = privateEncrypt(key, text);
console.log(sealed.toString('hex').slice(0, 40), publicDecrypt(open, sealed).toString(), publicDecrypt(key, sealed).toString());
const whole = Buffer.alloc(256, 1);
console.log(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, publicEncrypt({ key: open, padding: constants.RSA_NO_PADDING }, whole)).equals(whole));
console.log(publicEncrypt({ key: open, encoding: 'hex' }, '616263').length, privateDecrypt(key, publicEncrypt(open, Buffer.alloc(0))).length);

refuse(() => publicEncrypt(open, Buffer.alloc(600)));
refuse(() => publicEncrypt({ key: open, padding: constants.RSA_PKCS1_PADDING }, Buffer.alloc(600)));
refuse(() => publicEncrypt({ key: open, oaepHash: 'no such digest' }, text));
refuse(() => publicEncrypt(open, 5));
try {
  privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, publicEncrypt({ key: open, padding: constants.RSA_PKCS1_PADDING }, text));
} catch ({ name, code }) { console.log(name, code); }
refuse(() => privateDecrypt(key, Buffer.alloc(256)));
refuse(() => privateDecrypt(key, Buffer.alloc(3)));
refuse(() => privateDecrypt({ key, oaepHash: 'sha256' }, publicEncrypt(open, text)));
refuse(() => privateDecrypt(open, text));
refuse(() => publicDecrypt(open, Buffer.alloc(256)));
refuse(() => privateEncrypt('no key', text));

// ---- In common ----

const [one, two] = ['secp256k1', 'secp256k1'].map((curve) => crypto.createECDH(curve));
one.setPrivateKey(Buffer.alloc(32, 1));
two.setPrivateKey(Buffer.alloc(32, 2).toString('hex'), 'hex');
console.log(one.getPublicKey('hex'), one.getPublicKey('hex', 'compressed'), one.getPublicKey('hex', 'hybrid'), one.getPrivateKey('hex'));
console.log(one.computeSecret(two.getPublicKey()).toString('hex'), two.computeSecret(one.getPublicKey('hex', 'compressed'), 'hex', 'hex'));
one.setPrivateKey('00'.repeat(5) + '02'.repeat(27), 'hex');
console.log(one.getPrivateKey('hex'), one.getPrivateKey().length);
one.setPrivateKey(Buffer.alloc(32, 1));
for (const curve of ['prime256v1', 'secp384r1', 'secp521r1']) {
  const [left, right] = [crypto.createECDH(curve), crypto.createECDH(curve)];
  console.log(curve, left.generateKeys().length, right.generateKeys('base64', 'compressed').length, left.getPrivateKey().length <= 66,
              left.computeSecret(right.getPublicKey(null, 'compressed')).equals(right.computeSecret(left.getPublicKey())));
}
console.log(crypto.ECDH.convertKey(one.getPublicKey('hex', 'compressed'), 'secp256k1', 'hex', 'hex', 'uncompressed') === one.getPublicKey('hex'));
refuse(() => crypto.createECDH('no such curve'));
refuse(() => crypto.createECDH('secp256k1').getPublicKey());
refuse(() => crypto.createECDH('secp256k1').getPrivateKey());
refuse(() => crypto.createECDH('secp256k1').computeSecret(two.getPublicKey()));
refuse(() => one.computeSecret(Buffer.alloc(3)));
refuse(() => one.setPrivateKey(Buffer.alloc(32, 255)));
refuse(() => one.setPrivateKey(Buffer.alloc(32)));
refuse(() => one.getPublicKey('hex', 'no such form'));

const pair = (type, options) => crypto.generateKeyPairSync(type, options);
for (const [type, options] of [['x25519'], ['x448'], ['ec', { namedCurve: 'P-256' }]]) {
  const [a, b] = [pair(type, options), pair(type, options)];
  const secret = crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
  console.log(type, secret.length, secret.equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })));
}
refuse(() => crypto.diffieHellman({ privateKey: pair('x25519').privateKey, publicKey: pair('x448').publicKey }));
refuse(() => crypto.diffieHellman({ privateKey: pair('x25519').privateKey }));
refuse(() => crypto.diffieHellman({ publicKey: pair('x25519').publicKey }));
