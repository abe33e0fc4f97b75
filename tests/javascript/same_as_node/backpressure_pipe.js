// pipe() stops its source while the sink is full.
const { Readable, Writable } = require('stream');
let made = 0, taken = 0, most = 0;
const source = new Readable({ highWaterMark: 4, objectMode: true, read() { this.push(made < 40 ? { n: made++ } : null); } });
const sink = new Writable({ highWaterMark: 2, objectMode: true, write(chunk, encoding, callback) {
  most = Math.max(most, made - taken);
  taken++;
  setImmediate(callback);
} });
source.pipe(sink).on('finish', () => console.log(made, taken, most < 12));
source.on('pause', () => { if (!source.told) { source.told = true; console.log('paused'); } });
