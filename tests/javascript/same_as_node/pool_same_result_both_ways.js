// What the pool computes is what the same call computes at once.
const crypto = require('crypto'), zlib = require('zlib');
const text = Buffer.from('a text of some length, '.repeat(100));
crypto.pbkdf2('p', 's', 1000, 16, 'sha1', (error, key) => {
  console.log(key.equals(crypto.pbkdf2Sync('p', 's', 1000, 16, 'sha1')), key.toString('hex'));
  zlib.gzip(text, (failure, packed) => {
    console.log(failure, packed.equals(zlib.gzipSync(text)));
    zlib.gunzip(packed, (_, plain) => console.log(plain.equals(text)));
  });
});
