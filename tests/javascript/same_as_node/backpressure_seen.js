const { Readable, Writable, Transform, pipeline } = require('stream');
const fs = require('fs'),
  os = require('os'),
  path = require('path');
let produced = 0;
class Counter extends Readable {
  constructor() {
    super({ highWaterMark: 64 });
    this.n = 0;
  }
  _read(size) {
    if (this.n >= 50) return this.push(null);
    produced++;
    while (this.n < 50 && this.push(`item ${this.n++};`));
  }
}
class Slow extends Writable {
  constructor() {
    super({ highWaterMark: 32 });
    this.seen = 0;
    this.max = 0;
  }
  _write(c, e, cb) {
    this.seen += c.length;
    this.max = Math.max(this.max, this.writableLength);
    setTimeout(cb, 1);
  }
  _final(cb) {
    console.log('final');
    cb();
  }
  _destroy(e, cb) {
    console.log('destroy', e);
    cb(e);
  }
}
const slow = new Slow();
const src = new Counter();
let pauses = 0;
src.on('pause', () => pauses++);
src
  .pipe(slow)
  .on('finish', () => {
    console.log('finished', slow.seen, pauses > 0, produced > 1, slow.max <= 128);
    second();
  })
  .on('close', () => console.log('closed'));
function second() {
  const up = new Transform({
    transform(c, e, cb) {
      cb(null, String(c).toUpperCase());
    },
    flush(cb) {
      this.push('END');
      cb();
    },
  });
  const f = path.join(os.tmpdir(), 'bp-' + process.pid);
  fs.writeFileSync(f, 'abc'.repeat(50000));
  const out = fs.createWriteStream(f + '.out');
  pipeline(fs.createReadStream(f), up, out, (e) => {
    console.log('pipeline', e, fs.statSync(f + '.out').size, fs.readFileSync(f + '.out', 'latin1').slice(-6));
    fs.unlinkSync(f);
    fs.unlinkSync(f + '.out');
    third();
  });
}
function third() {
  const w = new Writable({
    highWaterMark: 10,
    write(c, e, cb) {
      setImmediate(cb);
    },
  });
  let i = 0,
    drains = 0;
  (function go() {
    let ok = true;
    while (i < 20 && ok) ok = w.write('12345' + (i++ % 10));
    if (i < 20)
      w.once('drain', () => {
        drains++;
        go();
      });
    else w.end(() => console.log('drains', drains));
  })();
  const corked = new Writable({
    writev(chunks, cb) {
      console.log('writev', chunks.length);
      cb();
    },
    decodeStrings: false,
  });
  corked.cork();
  corked.write('a');
  corked.write('b');
  process.nextTick(() => corked.uncork());
  corked.on('error', (e) => console.log(e.message));
  const bad = new Readable({
    read() {
      this.destroy(new Error('read failed'));
    },
  });
  bad
    .on('error', (e) => console.log('error', e.message))
    .on('close', () => console.log('bad closed'))
    .resume();
  const un = Readable.from(['x', 'y', 'z']);
  un.on('readable', () => {
    let c;
    while ((c = un.read()) !== null) console.log('read', c);
  }).on('end', () => console.log('readable end'));
  const ps = new Readable({ read() {} });
  ps.on('data', (d) => console.log('flow', String(d)));
  ps.push('1');
  ps.pause();
  ps.push('2');
  console.log(ps.isPaused(), ps.readableFlowing);
  setTimeout(() => {
    ps.resume();
    ps.push(null);
  }, 100);
}
