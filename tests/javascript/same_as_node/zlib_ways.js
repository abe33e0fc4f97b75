const zlib = require('zlib');
const { promisify } = require('util');
const { pipeline } = require('stream/promises');
const { Readable, Writable } = require('stream');
const text = 'hello world '.repeat(1000);
(async () => {
  const z = await promisify(zlib.gzip)(text);
  console.log(z.length < 200, z[0], z[1]);
  console.log(
    (await promisify(zlib.gunzip)(z)).toString() === text,
    zlib.inflateSync(zlib.deflateSync(text)).length,
    zlib.inflateRawSync(zlib.deflateRawSync(text)).length,
    zlib.unzipSync(z).length
  );
  zlib.gunzip(Buffer.from('not gzip'), (e) => console.log(e.code, e.errno, e.message));
  try {
    zlib.gunzipSync(z.subarray(0, 20));
  } catch (e) {
    console.log(e.code, e.errno, e.message);
  }
  const chunks = [];
  await pipeline(
    Readable.from([text, text]),
    zlib.createGzip({ level: 9 }),
    zlib.createGunzip(),
    new Writable({
      write(c, e, cb) {
        chunks.push(c);
        cb();
      },
    })
  );
  console.log(Buffer.concat(chunks).length);
  const g = zlib.createDeflate();
  g.on('data', (d) => console.log('data', d.length > 0));
  g.write('abc');
  g.flush(() => {
    console.log('flushed', g.bytesWritten);
    g.end();
  });
  g.on('end', () => console.log('end'));
  console.log(zlib.constants.Z_BEST_COMPRESSION);
})();
