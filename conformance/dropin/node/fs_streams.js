// File streams: 16 MiB through a write stream and back, ranges, positions, and their errors.
//
// expect:
//   written: 16777216
//   read back equal: true
//   range: cdefg
//   overwritten in place: abXYef
//   missing: ENOENT
//   closed early: true
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const { pipeline } = require('stream/promises');
const { Readable } = require('stream');
const at = (name) => path.join(process.env.TMPDIR, name);
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
(async () => {
  const block = crypto.randomBytes(1 << 16);
  const wanted = crypto.createHash('sha1');
  await pipeline(Readable.from((function* () {
    for (let index = 0; index < 256; index++) { wanted.update(block); yield block; }
  })()), fs.createWriteStream(at('large')));
  console.log(`written: ${fs.statSync(at('large')).size}`);
  const got = crypto.createHash('sha1');
  for await (const data of fs.createReadStream(at('large'), { highWaterMark: 100000 })) got.update(data);
  console.log(`read back equal: ${got.digest('hex') === wanted.digest('hex')}`);
  fs.writeFileSync(at('small'), 'abcdefgh');
  let text = '';
  for await (const data of fs.createReadStream(at('small'), { start: 2, end: 6 })) text += data;
  console.log(`range: ${text}`);
  fs.writeFileSync(at('small'), 'abcdef');
  const writer = fs.createWriteStream(at('small'), { flags: 'r+', start: 2 });
  writer.end('XY');
  await once(writer, 'close');
  console.log(`overwritten in place: ${fs.readFileSync(at('small'))}`);
  console.log(`missing: ${(await once(fs.createReadStream(at('none')), 'error')).code}`);
  const reader = fs.createReadStream(at('large'));
  reader.once('data', () => reader.destroy());
  await once(reader, 'close');
  console.log(`closed early: ${reader.destroyed && reader.bytesRead < (16 << 20)}`);
})();
