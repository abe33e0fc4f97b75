// New pairs of keys, at once and on the pool, as objects and in the forms that are asked for.
const crypto = require('crypto');
const { promisify } = require('util');
const { log, refuse } = require('../keys');

const { generateKeyPairSync, generateKeyPair } = crypto;
const first = (text) => String(text).split('\n')[0];

for (const [type, options] of [['rsa', { modulusLength: 1024 }], ['rsa', { modulusLength: 1024, publicExponent: 3 }], ['ec', { namedCurve: 'P-256' }],
                               ['ec', { namedCurve: 'secp256k1' }], ['ec', { namedCurve: 'secp521r1' }], ['ed25519'], ['ed448'], ['x25519'], ['x448', {}],
                               ['rsa-pss', { modulusLength: 1024 }],
                               ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha1', saltLength: 20 }]]) {
  const { publicKey, privateKey } = generateKeyPairSync(type, options);
  console.log(publicKey.type, privateKey.type, privateKey.asymmetricKeyType, privateKey.asymmetricKeyDetails, publicKey.asymmetricKeyDetails);
  console.log(crypto.createPublicKey(privateKey).equals(publicKey), generateKeyPairSync(type, options).publicKey.equals(publicKey));
}
const shown = generateKeyPairSync('ec', { namedCurve: 'P-384', publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'sec1', format: 'pem' } });
console.log(Buffer.isBuffer(shown.publicKey), shown.publicKey.length, first(shown.privateKey));
const hidden = generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
                                            privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top' } });
console.log(first(hidden.publicKey), first(hidden.privateKey), crypto.createPrivateKey({ key: hidden.privateKey, passphrase: 'top' }).type);
const half = generateKeyPairSync('ed25519', { publicKeyEncoding: { format: 'jwk' } });
console.log(Object.keys(half.publicKey), half.privateKey.type);

refuse(() => generateKeyPairSync());
refuse(() => generateKeyPairSync('no such kind'));
refuse(() => generateKeyPairSync('rsa'));
refuse(() => generateKeyPairSync('rsa', {}));
refuse(() => generateKeyPairSync('rsa', { modulusLength: '1024' }));
refuse(() => generateKeyPairSync('rsa', { modulusLength: 1 }));
refuse(() => generateKeyPairSync('ec', {}));
refuse(() => generateKeyPairSync('ec', { namedCurve: 'no such curve' }));
refuse(() => generateKeyPairSync('rsa', { modulusLength: 512, publicKeyEncoding: { type: 'x', format: 'pem' } }));
refuse(() => generateKeyPairSync('rsa', { modulusLength: 512, privateKeyEncoding: 5 }));
refuse(() => generateKeyPair('ed25519'));
refuse(() => generateKeyPair('rsa', { modulusLength: 512 }));
console.log(crypto.getCurves().length > 20, crypto.getCurves().includes('prime256v1'));

(async () => {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 1024 });
  console.log(publicKey.type, privateKey.type, crypto.createPublicKey(privateKey).equals(publicKey));
  generateKeyPair('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } },
    (error, open, own) => {
      console.log(error, first(open), first(own));
      generateKeyPair('rsa', { modulusLength: 1 }, (wrong, ...rest) => {
        log(wrong, Object.keys(wrong), rest);
        // Many at once do not stop the loop.
        let done = 0;
        for (let i = 0; i < 8; i++) generateKeyPair('rsa', { modulusLength: 2048 }, () => { if (++done === 8) console.log('all made'); });
        setTimeout(() => console.log('the loop goes on', done < 8), 1);
      });
    });
})();
