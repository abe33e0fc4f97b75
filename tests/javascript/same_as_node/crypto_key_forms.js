// Keys in the forms that they come in and go out: PEM, DER, JSON Web Keys, with and without a passphrase.
const crypto = require('crypto');
const { file, log, refuse } = require('../keys');

const { createPrivateKey, createPublicKey, createSecretKey } = crypto;
const pem = (type, more) => ({ format: 'pem', type, ...more });
const shortened = (jwk) => Object.entries(jwk).map(([name, value]) => `${name}=${value.slice(0, 12)}`).join(' ');

for (const name of ['rsa', 'local', 'ed25519', 'x25519']) {
  const key = createPrivateKey(file(`${name}.key`));
  const open = createPublicKey(key);
  console.log(key.type, key.asymmetricKeyType, key.asymmetricKeyDetails, open.type, open.asymmetricKeyType, open.asymmetricKeyDetails);
  console.log(open.export(pem('spki')), open.export({ format: 'der', type: 'spki' }).toString('base64'));
  console.log(key.export(pem('pkcs8')) === String(file(`${name}.key`)), key.export({ format: 'der', type: 'pkcs8' }).length);
  console.log(shortened(key.export({ format: 'jwk' })), '|', shortened(open.export({ format: 'jwk' })));
  const again = createPrivateKey({ key: key.export({ format: 'jwk' }), format: 'jwk' });
  const openAgain = createPublicKey({ key: open.export({ format: 'jwk' }), format: 'jwk' });
  console.log(again.equals(key), openAgain.equals(open), createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(open), again.equals(open));
  const hidden = key.export(pem('pkcs8', { cipher: 'aes-256-cbc', passphrase: 'secret' }));
  console.log(hidden.split('\n')[0], createPrivateKey({ key: hidden, passphrase: 'secret' }).equals(key),
              createPrivateKey({ key: hidden, passphrase: Buffer.from('secret') }).equals(key));
  refuse(() => createPrivateKey({ key: hidden, passphrase: 'wrong' }));
  console.log(createPublicKey(open.export(pem('spki'))).equals(open), createPublicKey(key.export(pem('pkcs8'))).equals(open),
              createPublicKey({ key: open.export({ format: 'der', type: 'spki' }), format: 'der', type: 'spki' }).equals(open));
  console.log(Object.prototype.toString.call(key), key instanceof crypto.KeyObject, key.symmetricKeySize);
}

const rsa = createPrivateKey(file('rsa.key'));
console.log(rsa.export(pem('pkcs1')).split('\n')[0], createPublicKey(rsa).export(pem('pkcs1')));
console.log(createPrivateKey(rsa.export(pem('pkcs1'))).equals(rsa), createPrivateKey({ key: rsa.export({ format: 'der', type: 'pkcs1' }), format: 'der', type: 'pkcs1' }).equals(rsa));
console.log(rsa.export(pem('pkcs1', { cipher: 'aes-128-cbc', passphrase: 'x' })).split('\n').slice(0, 2));
console.log(createPrivateKey({ key: file('rsa_encrypted.key'), passphrase: 'secret' }).equals(rsa), createPrivateKey({ key: file('rsa_pkcs8_encrypted.key'), passphrase: 'secret' }).equals(rsa));
console.log(createPublicKey(file('rsa.crt')).equals(createPublicKey(rsa)));
const curve = createPrivateKey(file('local.key'));
console.log(curve.export(pem('sec1')).split('\n')[0], createPrivateKey(curve.export(pem('sec1'))).equals(curve),
            createPrivateKey({ key: curve.export({ format: 'der', type: 'sec1' }), format: 'der', type: 'sec1' }).equals(curve));

const secret = createSecretKey(Buffer.from('some secret'));
console.log(secret.type, secret.symmetricKeySize, secret.export(), secret.export({ format: 'jwk' }), secret.export({ format: 'buffer' }).toString());
console.log(secret.equals(createSecretKey('some secret', 'utf8')), secret.equals(createSecretKey('736f', 'hex')), secret.asymmetricKeyType);
console.log(crypto.createHmac('sha256', secret).update('x').digest('hex') === crypto.createHmac('sha256', 'some secret').update('x').digest('hex'));
const cipher = crypto.createCipheriv('aes-128-cbc', createSecretKey(Buffer.alloc(16, 1)), Buffer.alloc(16));
console.log(cipher.update('text', 'utf8', 'hex') + cipher.final('hex'));
console.log(crypto.generateKeySync('aes', { length: 256 }).symmetricKeySize, crypto.generateKeySync('hmac', { length: 64 }).export().length);

for (const given of ['no key', Buffer.from('no key'), 5, undefined, {}, { key: 'x', format: 'der' }, { key: 'x', format: 'der', type: 'spki' },
                     { key: 'x', format: 'xml' }, rsa, { key: { kty: 'RSA' }, format: 'jwk' }, { key: { kty: 'x' }, format: 'jwk' },
                     { key: { kty: 'EC', crv: 'x' }, format: 'jwk' }, { key: { kty: 'OKP', crv: 'x' }, format: 'jwk' }, createPublicKey(rsa).export(pem('spki'))]) {
  refuse(() => createPrivateKey(given));
}
for (const given of ['no key', 5, createPublicKey(rsa), { key: { kty: 'RSA' }, format: 'jwk' },
                     { key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, format: 'jwk' }]) {
  refuse(() => createPublicKey(given));
}
for (const options of [undefined, {}, pem('spki'), pem('sec1'), { format: 'x', type: 'pkcs8' }, pem('pkcs8', { cipher: 'aes-128-cbc' }),
                       pem('pkcs8', { cipher: 'no such cipher', passphrase: 'x' }), pem('pkcs8', { cipher: 5, passphrase: 'x' }),
                       { format: 'der', type: 'pkcs1', cipher: 'aes-128-cbc', passphrase: 'x' }, { format: 'jwk', passphrase: 'x' }]) {
  refuse(() => rsa.export(options));
}
for (const options of [undefined, pem('pkcs8'), pem('pkcs1')]) refuse(() => createPublicKey(curve).export(options));
refuse(() => secret.export({ format: 'pem' }));
refuse(() => secret.equals('some secret'));
refuse(() => createSecretKey(5));
refuse(() => crypto.createHmac('sha256', rsa));
console.log(Buffer.from('-_8', 'base64url'), Buffer.from([251, 255]).toString('base64url'), Buffer.byteLength('-_8', 'base64url'), Buffer.isEncoding('base64url'));
