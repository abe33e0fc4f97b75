// Compressing and its opposite: at once, with a callback, as streams; broken and cut-off data.
const zlib = require('zlib'), { pipeline, Readable, Writable } = require('stream'), { promisify } = require('util');

const data = Buffer.from('hello hello hello '.repeat(10000));
const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip']];

function refuse(run) {
  try { run(); } catch ({ code, name, errno, message }) { console.log(code, name, errno, message); }
}

for (const [there, back] of pairs) {
  const small = zlib[`${there}Sync`](data);
  console.log(there, small.length, zlib[`${there}Sync`](data, { level: 9 }).toString('hex').slice(0, 60), zlib[`${back}Sync`](small).equals(data));
}
refuse(() => zlib.gunzipSync('not gzip'));
refuse(() => zlib.inflateSync(zlib.deflateSync('abc').subarray(0, 6)));
refuse(() => zlib.createGzip({ level: 99 }));
refuse(() => zlib.gunzipSync(zlib.gzipSync(data), { maxOutputLength: 10 }));
console.log(String(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one'), zlib.gzipSync('two')]))));
console.log(String(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one'), Buffer.from([0, 0, 0])]))));
refuse(() => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one'), Buffer.from('trash')])));
const dictionary = Buffer.from('some words');
console.log(String(zlib.inflateSync(zlib.deflateSync('words of some', { dictionary }), { dictionary })));
refuse(() => zlib.inflateSync(zlib.deflateSync('words of some', { dictionary })));
console.log(zlib.constants.Z_BEST_SPEED, zlib.constants.Z_SYNC_FLUSH, zlib.codes.Z_DATA_ERROR, zlib.codes['-3']);

(async () => {
  for (const [there, back] of pairs) {
    const small = await promisify(zlib[there])(data);
    console.log(there, back, (await promisify(zlib[back])(small)).equals(data));
  }
  await promisify(zlib.gunzip)('not gzip').catch(({ code, errno, message }) => console.log(code, errno, message));

  const gzip = zlib.createGzip(), pieces = [];
  gzip.on('data', (piece) => pieces.push(piece));
  gzip.write('abc');
  await new Promise((resolve) => gzip.flush(resolve));
  console.log('flushed', pieces.length > 0);
  gzip.end('def');
  await new Promise((resolve) => gzip.on('end', resolve));
  console.log(String(zlib.gunzipSync(Buffer.concat(pieces))), gzip.bytesWritten);

  let size = 0;
  const count = new Writable({ write(chunk, encoding, callback) { size += chunk.length; setImmediate(callback); } });
  await promisify(pipeline)(Readable.from([data, data]), zlib.createDeflate({ chunkSize: 1024 }), zlib.createInflate(), count);
  console.log(size);

  const broken = zlib.createGunzip();
  broken.on('error', ({ code }) => console.log('error', code));
  broken.on('close', () => {
    console.log('closed', broken.destroyed);
    const abandoned = zlib.createGzip();
    abandoned.write(data);
    abandoned.close(() => console.log('closed early'));
  });
  broken.end('no data');
})();
