// Signatures of each kind of key: what is signed holds, what is changed does not, and fixed ones come out alike.
const crypto = require('crypto');
const { file, log, refuse } = require('../keys');

const { constants, createSign, createVerify, sign, verify } = crypto;
const data = Buffer.from('what is said');
const rsa = file('rsa.key');
const open = crypto.createPublicKey(rsa);

for (const algorithm of ['sha1', 'sha256', 'RSA-SHA512', 'sha384']) {
  const made = createSign(algorithm).update('what ').update('is said').sign(rsa, 'hex');
  console.log(algorithm, made.slice(0, 40), createVerify(algorithm).update(data).verify(open, made, 'hex'),
              createVerify(algorithm).update('something else').verify(open, made, 'hex'));
}
console.log(sign('sha256', data, rsa).toString('base64') === createSign('sha256').update(data).sign(rsa, 'base64'));
console.log(sign(null, data, file('ed25519.key')).toString('hex'), sign(undefined, 'what is said', rsa).toString('hex').slice(0, 40));
console.log(verify(null, data, crypto.createPublicKey(file('ed25519.key')), sign(null, data, file('ed25519.key'))));

const pss = { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING };
for (const saltLength of [undefined, 0, 20, constants.RSA_PSS_SALTLEN_DIGEST, constants.RSA_PSS_SALTLEN_MAX_SIGN]) {
  const options = saltLength === undefined ? pss : { ...pss, saltLength };
  const made = sign('sha256', data, options);
  console.log(saltLength, made.length, verify('sha256', data, { ...options, key: open }, made), verify('sha256', data, { ...pss, key: open, saltLength: 7 }, made),
              verify('sha256', data, open, made));
}

const curve = file('local.key');
const curveOpen = crypto.createPublicKey(curve);
const plain = sign('sha256', data, { key: curve, dsaEncoding: 'ieee-p1363' });
console.log(plain.length, verify('sha256', data, { key: curveOpen, dsaEncoding: 'ieee-p1363' }, plain), verify('sha256', data, curveOpen, plain));
console.log(verify('sha256', data, curveOpen, sign('sha256', data, curve)), verify('sha384', data, curveOpen, sign('sha256', data, curve)),
            verify('sha256', data, { key: curveOpen, dsaEncoding: 'ieee-p1363' }, Buffer.alloc(3)));
const encrypted = { key: file('rsa_encrypted.key'), passphrase: 'secret' };
console.log(verify('sha256', data, open, sign('sha256', data, encrypted)), verify('sha256', data, rsa, sign('sha256', data, rsa)),
            verify('sha256', data, file('rsa.crt'), sign('sha256', data, rsa)));
const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 16 });
console.log(verify('sha256', data, publicKey, sign('sha256', data, privateKey)));

refuse(() => createSign('no such digest'));
refuse(() => createVerify('no such digest'));
refuse(() => createSign(5));
refuse(() => sign('no such digest', data, rsa));
refuse(() => sign(5, data, rsa));
refuse(() => sign('sha256', 5, rsa));
refuse(() => sign('sha256', data));
refuse(() => sign('sha256', data, open));
refuse(() => sign('sha256', data, 'no key'));
refuse(() => sign('sha256', data, crypto.createSecretKey(data)));
refuse(() => sign('sha256', data, file('ed25519.key')));
refuse(() => sign('sha256', data, file('x25519.key')));
refuse(() => sign('sha256', data, { ...pss, saltLength: 1000 }));
refuse(() => sign('sha256', data, { key: curve, dsaEncoding: 'x' }));
refuse(() => sign('sha256', data, rsa, 'no function'));
refuse(() => verify('sha256', data, open, 'text'));
refuse(() => createVerify('sha256').update(data).verify(open));
refuse(() => createSign('sha256').update(5));
refuse(() => createSign('sha256').update(data).sign());
refuse(() => {
  const once = createSign('sha256').update(data);
  once.sign(rsa);
  once.update(data);
});

const stream = createSign('sha256');
stream.write('what ');
stream.end('is said');
stream.on('finish', () => {
  console.log(stream.sign(rsa, 'hex') === sign('sha256', data, rsa).toString('hex'));
  sign('sha256', data, rsa, (error, made) => {
    console.log(error, made.length);
    verify('sha256', data, open, made, (wrong, isTrue) => {
      console.log(wrong, isTrue);
      verify('sha256', data, open, Buffer.alloc(3), (...values) => {
        console.log(...values);
        sign('sha256', data, file('ed25519.key'), (failure) => log(failure));
      });
    });
  });
});
