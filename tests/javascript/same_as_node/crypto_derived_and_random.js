// HKDF at once and on the pool; random values within their bounds; comparisons in constant time.
const crypto = require('crypto');
const { log, refuse } = require('../keys');

const hex = (bytes) => Buffer.from(bytes).toString('hex');
console.log(hex(crypto.hkdfSync('sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'), Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42)));
console.log(hex(crypto.hkdfSync('sha512', 'key', 'salt', 'info', 64)), hex(crypto.hkdfSync('sha1', '', '', '', 20)));
console.log(hex(crypto.hkdfSync('sha256', crypto.createSecretKey(Buffer.from('key')), new Uint8Array(0), '', 10)), crypto.hkdfSync('sha256', 'a', 'b', 'c', 5) instanceof ArrayBuffer);
refuse(() => crypto.hkdfSync('no such digest', 'a', 'b', 'c', 5));
refuse(() => crypto.hkdfSync('sha1', 'a', 'b', 'c', 9000));
refuse(() => crypto.hkdfSync('sha1', 'a', 'b', 'c'));
refuse(() => crypto.hkdfSync('sha1', 'a', 'b', 'c', -1));
refuse(() => crypto.hkdfSync(5, 'a', 'b', 'c', 5));
refuse(() => crypto.hkdf('sha1', 'a', 'b', 'c', 5));
console.log(hex(crypto.pbkdf2Sync('', '', 1, 16, 'sha256')), crypto.pbkdf2Sync('p', 's', 1, 0, 'sha256'), hex(crypto.scryptSync('', '', 16)));

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
console.log(uuid.test(crypto.randomUUID()), uuid.test(crypto.randomUUID({ disableEntropyCache: true })), crypto.randomUUID() === crypto.randomUUID());
const seen = new Set(Array.from({ length: 500 }, () => crypto.randomInt(-2, 3)));
console.log([...seen].sort((a, b) => a - b), crypto.randomInt(1), Number.isSafeInteger(crypto.randomInt(2 ** 47)));
refuse(() => crypto.randomInt(3, 3));
refuse(() => crypto.randomInt(1.5));
refuse(() => crypto.randomInt(2 ** 48));
refuse(() => crypto.randomInt('5'));
refuse(() => crypto.randomBytes(-1));
refuse(() => crypto.randomBytes('5'));

const equal = (a, b) => crypto.timingSafeEqual(a, b);
console.log(equal(Buffer.from('ab'), Buffer.from('ab')), equal(Buffer.from('ab'), Buffer.from('ac')), equal(new Uint16Array([1]), Buffer.from([1, 0])),
            equal(new ArrayBuffer(2), Buffer.alloc(2)), equal(Buffer.alloc(0), Buffer.alloc(0)));
refuse(() => equal(Buffer.from('a'), Buffer.from('ab')));
refuse(() => equal('a', Buffer.from('a')));

crypto.hkdf('sha256', 'key', 'salt', 'info', 16, (error, key) => {
  console.log(error, key instanceof ArrayBuffer, hex(key));
  crypto.randomInt(7, (wrong, value) => console.log(wrong, value >= 0 && value < 7));
});
