// Digests, HMAC, keys out of passwords, ciphers, random values: what comes out, and what is refused how.
const crypto = require('crypto');

function refuse(run) {
  try { run(); } catch ({ code, name, message }) { console.log(code, name, message); }
}

const hash = (name, ...pieces) => pieces.reduce((made, piece) => made.update(piece), crypto.createHash(name));
console.log(hash('sha256', 'a', Buffer.from('b')).digest('hex'), hash('sha1').digest(), hash('sha512', 'x').digest('base64'));
console.log(crypto.createHash('md5').update('\xe9', 'latin1').digest('hex'), hash('sha3-256', 'x').digest('hex'));
const original = crypto.createHash('sha256').update('x');
const copy = original.copy().update('y');
console.log(original.digest('hex'), copy.digest('hex'));
refuse(() => original.update('y'));
refuse(() => original.digest());
refuse(() => crypto.createHash('no such digest'));
refuse(() => crypto.createHash('md5').update(1));
console.log(crypto.createHmac('sha512', 'key').update('data').digest('hex'),
            crypto.createHmac('sha1', Buffer.alloc(0)).update('').digest('hex'));
refuse(() => crypto.createHmac('no such digest', 'key'));

console.log(crypto.pbkdf2Sync('p', 's', 1000, 32, 'sha256').toString('hex'));
console.log(crypto.scryptSync('p', 's', 32).toString('hex'), crypto.scryptSync('p', 's', 16, { N: 1024, r: 4, p: 2 }).toString('hex'));
console.log(Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 42)).toString('hex'));
refuse(() => crypto.pbkdf2('p', 's', 1, 1, 'no such digest', () => {}));
refuse(() => crypto.pbkdf2('p', 's', 1, 1));
refuse(() => crypto.pbkdf2('p', 's', 0, 1, 'sha1', () => {}));
refuse(() => crypto.scryptSync('p', 's', 16, { N: 3 }));

const text = 'h\xe9llo world';
for (const [name, size] of [['aes-128-cbc', 16], ['aes-256-ctr', 16], ['aes-128-ecb', 0], ['aes-192-gcm', 12], ['chacha20-poly1305', 12]]) {
  const key = Buffer.alloc(name.startsWith('chacha') ? 32 : Number(name.slice(4, 7)) / 8, 1);
  const vector = size === 0 ? null : Buffer.alloc(size, 2);
  const isAuthenticated = /gcm|poly/.test(name);
  const cipher = crypto.createCipheriv(name, key, vector, isAuthenticated ? { authTagLength: 16 } : {});
  if (isAuthenticated) cipher.setAAD(Buffer.from('beside'));
  const hidden = cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv(name, key, vector, isAuthenticated ? { authTagLength: 16 } : {});
  if (isAuthenticated) decipher.setAAD(Buffer.from('beside')).setAuthTag(cipher.getAuthTag());
  console.log(name, hidden, isAuthenticated && cipher.getAuthTag().toString('hex'));
  console.log(decipher.update(hidden, 'hex', 'utf8') + decipher.final('utf8'));
}
refuse(() => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(5), Buffer.alloc(16)));
refuse(() => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(5)));
refuse(() => crypto.createCipheriv('no such cipher', Buffer.alloc(16), Buffer.alloc(5)));
refuse(() => {
  const forged = crypto.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)).setAuthTag(Buffer.alloc(16));
  forged.update(Buffer.alloc(16));
  forged.final();
});

console.log(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b')));
refuse(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()), crypto.randomInt(5, 6));
console.log(crypto.randomFillSync(Buffer.alloc(4)).length, crypto.randomBytes(8).length);
console.log(['sha256', 'md5'].every((name) => crypto.getHashes().includes(name)), crypto.getCiphers().includes('aes-128-cbc'));

// The slow ones, one after the other.
crypto.pbkdf2('p', 's', 1000, 16, 'sha512', (error, key) => {
  console.log(error, key);
  crypto.scrypt('p', 's', 16, (error, key) => {
    console.log(error, key);
    crypto.randomFill(new Uint8Array(3), (error, bytes) => {
      console.log(error, bytes.length);
      crypto.randomInt(3, (error, value) => {
        console.log(error, value < 3);
        const stream = crypto.createHash('sha256');
        stream.on('data', (digest) => console.log(digest.toString('hex')));
        stream.write('some');
        stream.end('data');
      });
    });
  });
});
