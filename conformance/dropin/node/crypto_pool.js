// Crypto on the pool: pbkdf2, scrypt, randomBytes, randomFill, key pairs, many at once and all equal
// to what the synchronous calls give.
//
// expect:
//   pbkdf2: 16 equal
//   scrypt: 8 equal
//   randomBytes: 100 of 100 different
//   randomFill: filled
//   randomInt: in range
//   key pair signs: true
//   hkdf: equal
const crypto = require('crypto');
const { promisify } = require('util');
(async () => {
  const derive = promisify(crypto.pbkdf2);
  const derived = await Promise.all(Array.from({ length: 16 }, (_, index) => derive(`secret ${index}`, 'salt', 5000, 32, 'sha256')));
  console.log(`pbkdf2: ${derived.filter((key, index) => key.equals(crypto.pbkdf2Sync(`secret ${index}`, 'salt', 5000, 32, 'sha256'))).length} equal`);
  const scrypt = promisify(crypto.scrypt);
  const keys = await Promise.all(Array.from({ length: 8 }, (_, index) => scrypt(`secret ${index}`, 'salt', 32, { N: 1024 })));
  console.log(`scrypt: ${keys.filter((key, index) => key.equals(crypto.scryptSync(`secret ${index}`, 'salt', 32, { N: 1024 }))).length} equal`);
  const random = await Promise.all(Array.from({ length: 100 }, () => promisify(crypto.randomBytes)(32)));
  console.log(`randomBytes: ${new Set(random.map(String)).size} of 100 different`);
  const buffer = await promisify(crypto.randomFill)(Buffer.alloc(64));
  console.log(`randomFill: ${buffer.equals(Buffer.alloc(64)) ? 'empty' : 'filled'}`);
  const number = await promisify(crypto.randomInt)(10, 20);
  console.log(`randomInt: ${number >= 10 && number < 20 ? 'in range' : number}`);
  const { privateKey, publicKey } = await promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256' });
  const signature = await promisify(crypto.sign)('sha256', Buffer.from('text'), privateKey);
  console.log(`key pair signs: ${crypto.verify('sha256', Buffer.from('text'), publicKey, signature)}`);
  const hkdf = Buffer.from(await promisify(crypto.hkdf)('sha256', 'key', 'salt', 'info', 32));
  console.log(`hkdf: ${hkdf.equals(Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 32))) ? 'equal' : 'different'}`);
})();
