// zlib on the pool: gzip, deflate, raw, brotli there and back, many at once, streams, damaged input.
//
// expect:
//   gzip: equal, smaller
//   deflate: equal, smaller
//   deflateRaw: equal, smaller
//   brotli: equal, smaller
//   64 at once: 64 equal
//   stream in 100 flushed pieces: equal
//   damaged: Z_DATA_ERROR
//   cut short: Z_BUF_ERROR
const zlib = require('zlib');
const { promisify } = require('util');
const data = Buffer.from('the loop turns and turns; '.repeat(40000));
(async () => {
  const ways = { gzip: 'gunzip', deflate: 'inflate', deflateRaw: 'inflateRaw', brotliCompress: 'brotliDecompress' };
  for (const [pack, unpack] of Object.entries(ways)) {
    const packed = await promisify(zlib[pack])(data, pack === 'brotliCompress' ? { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } } : {});
    const back = await promisify(zlib[unpack])(packed);
    console.log(`${pack.replace('Compress', '')}: ${back.equals(data) ? 'equal' : 'different'}, ${packed.length < data.length / 10 ? 'smaller' : 'large'}`);
  }
  const gzip = promisify(zlib.gzip);
  const gunzip = promisify(zlib.gunzip);
  const many = await Promise.all(Array.from({ length: 64 }, async (_, index) => {
    const text = `${index};`.repeat(1000);
    return `${await gunzip(await gzip(text))}` === text;
  }));
  console.log(`64 at once: ${many.filter(Boolean).length} equal`);
  const packer = zlib.createGzip();
  const unpacker = zlib.createGunzip();
  packer.pipe(unpacker);
  const parts = [];
  const all = new Promise((resolve) => unpacker.on('data', (part) => parts.push(part)).on('end', resolve));
  for (let index = 0; index < 100; index++) {
    packer.write(data.subarray(index * 10000, (index + 1) * 10000));
    await new Promise((resolve) => packer.flush(resolve));
  }
  packer.end();
  await all;
  console.log(`stream in 100 flushed pieces: ${Buffer.concat(parts).equals(data.subarray(0, 1000000)) ? 'equal' : 'different'}`);
  const packed = await gzip(data);
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, 20, 200);
  await gunzip(damaged).catch((error) => console.log(`damaged: ${error.code}`));
  await gunzip(packed.subarray(0, packed.length / 2)).catch((error) => console.log(`cut short: ${error.code}`));
})();
