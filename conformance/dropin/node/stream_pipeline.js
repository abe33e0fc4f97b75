// A pipeline from a file through gzip, a socket, gunzip and into a file: 128 MiB in less memory than that.
//
// expect:
//   written: 134217728
//   equal: true
//   memory stayed below 96 MiB more: true
const fs = require('fs');
const net = require('net');
const path = require('path');
const zlib = require('zlib');
const crypto = require('crypto');
const { Readable, Transform } = require('stream');
const { pipeline } = require('stream/promises');
const at = (name) => path.join(process.env.TMPDIR, name);
const block = Buffer.concat([crypto.randomBytes(1 << 12), Buffer.alloc(15 << 12, 'violet ')]);  // 64 KiB
const hashing = (hash) => new Transform({
  transform(data, _, done) { hash.update(data); done(null, data); },
});
(async () => {
  const before = crypto.createHash('sha1');
  const after = crypto.createHash('sha1');
  await pipeline(Readable.from((function* () { for (let index = 0; index < 2048; index++) yield block; })()),
                 fs.createWriteStream(at('from')));
  const start = process.memoryUsage.rss();
  let most = 0;
  const watch = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 5);
  const finished = new Promise((resolve) => {
    const server = net.createServer(async (socket) => {
      await pipeline(socket, zlib.createGunzip(), hashing(after), fs.createWriteStream(at('to')));
      server.close();
      resolve();
    }).listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1');
      pipeline(fs.createReadStream(at('from')), hashing(before), zlib.createGzip({ level: 1 }), socket);
    });
  });
  await finished;
  clearInterval(watch);
  console.log(`written: ${fs.statSync(at('to')).size}`);
  console.log(`equal: ${before.digest('hex') === after.digest('hex')}`);
  const grown = (most - start) / (1 << 20);
  console.log(`memory stayed below 96 MiB more: ${grown < 96 || grown}`);
})();
