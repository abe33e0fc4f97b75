const fs = require('fs'),
  readline = require('readline'),
  path = require('path'),
  os = require('os');
const { once } = require('events');
const file = path.join(os.tmpdir(), `lines-${process.pid}`);
fs.writeFileSync(file, 'alpha\nbeta\r\ngamma\n\ndelta');
(async () => {
  const rl = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });
  let n = 0;
  for await (const line of rl) console.log(++n, JSON.stringify(line));
  const rl2 = readline.createInterface({ input: fs.createReadStream(file) });
  rl2.on('line', (l) => {
    console.log('line', l);
    if (l === 'beta') {
      rl2.close();
    }
  });
  rl2.on('close', () => console.log('close'));
  await once(rl2, 'close');
  const { Readable } = require('stream');
  const rl3 = readline.createInterface({
    input: Readable.from(['yes\n', 'Bob\n']),
    output: process.stdout,
    terminal: false,
  });
  rl3.question('ok? ', (a) => {
    console.log('answer', a);
    rl3.question('name? ', (b) => {
      console.log('answer', b);
      rl3.close();
    });
  });
  await once(rl3, 'close');
  const rp = require('readline/promises');
  const r4 = rp.createInterface({ input: Readable.from(['42\n']) });
  console.log(await r4.question(''));
  r4.close();
  fs.unlinkSync(file);
})();
