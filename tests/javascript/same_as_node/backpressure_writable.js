// write() says when to stop, `drain` when to go on.
const { Writable } = require('stream');
const slow = new Writable({ highWaterMark: 10, write(chunk, encoding, callback) { setImmediate(callback); } });
let drains = 0, i = 0;
slow.on('drain', () => { drains++; fill(); });
slow.on('finish', () => console.log('finish', drains, i));
function fill() {
  while (i < 12) { i++; if (!slow.write('1234')) { console.log('full at', i, slow.writableLength); return; } }
  slow.end();
}
fill();
