// One file in all the ways: callbacks, promises, at once, streams, handles, lines.
const fs = require('fs'), { pipeline } = require('stream/promises'), { Transform } = require('stream');
(async () => {
  fs.writeFileSync('input.txt', 'first line\nsecond line\n');
  await fs.promises.appendFile('input.txt', 'third');
  await new Promise((resolve) => fs.readFile('input.txt', 'utf8', (error, text) => { console.log(error, JSON.stringify(text)); resolve(); }));
  await pipeline(fs.createReadStream('input.txt', { highWaterMark: 4 }), new Transform({ transform(chunk, encoding, callback) { callback(null, chunk.toString().toUpperCase()); } }), fs.createWriteStream('output.txt'));
  console.log(fs.readFileSync('output.txt', 'utf8').split('\n'));
  const handle = await fs.promises.open('input.txt');
  for await (const line of handle.readLines()) console.log('line', line);
  const other = await fs.promises.open('new.bin', 'w+');
  await other.write(Buffer.from('0123456789')); await other.truncate(7); console.log((await other.read(Buffer.alloc(3), 0, 3, 2)).buffer.toString(), (await other.stat()).size); await other.close();
  const stats = await fs.promises.stat('new.bin'); console.log(stats.isFile(), stats.size, typeof fs.statSync('new.bin', { bigint: true }).size);
  await fs.promises.mkdir('deep/er', { recursive: true }); await fs.promises.cp('new.bin', 'deep/er/copy'); await fs.promises.symlink('copy', 'deep/er/link');
  const entries = []; for await (const entry of await fs.promises.opendir('deep/er')) entries.push([entry.name, entry.isFile(), entry.isSymbolicLink()]); console.log(entries.sort());
  for (const attempt of [() => fs.promises.rmdir('deep'), () => fs.promises.readFile('deep'), () => fs.promises.mkdir('deep'), () => fs.promises.unlink('none'), () => fs.promises.access('none'), () => fs.promises.rm('deep')]) await attempt().catch((error) => console.log(error.code, error.message));
  await fs.promises.rm('deep', { recursive: true }); console.log(fs.existsSync('deep'), fs.readdirSync('.').sort());
})();
