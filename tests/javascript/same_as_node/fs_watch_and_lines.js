// A watched file, and lines read as they come.
const fs = require('fs'), readline = require('readline');
fs.writeFileSync('lines.txt', 'one\ntwo\r\nthree');
(async () => {
  const lines = [];
  for await (const line of readline.createInterface({ input: fs.createReadStream('lines.txt'), crlfDelay: Infinity })) lines.push(line);
  console.log(lines);
  const watcher = fs.watch('.', (event, name) => { if (name !== 'made.txt') return; console.log(name, watcher.close()); });
  watcher.on('close', () => console.log('closed'));
  setTimeout(() => fs.writeFileSync('made.txt', ''), 10);
})();
