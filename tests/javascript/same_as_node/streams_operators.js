const {
  Readable,
  Writable,
  Transform,
  PassThrough,
  pipeline,
  finished,
  Duplex,
  addAbortSignal,
} = require('stream');
const { pipeline: pipe, finished: done } = require('stream/promises');
async function* numbers() {
  for (let i = 0; i < 5; i++) yield i;
}
(async () => {
  const out = [];
  await pipe(
    numbers,
    async function* (source) {
      for await (const n of source) yield n * 2;
    },
    async (source) => {
      for await (const n of source) out.push(n);
    }
  );
  console.log(out);
  const failing = new Transform({
    objectMode: true,
    transform(chunk, _, cb) {
      chunk === 3 ? cb(new Error('at 3')) : cb(null, chunk);
    },
  });
  const sink = new Writable({
    objectMode: true,
    write(c, _, cb) {
      console.log('write', c);
      cb();
    },
  });
  try {
    await pipe(Readable.from([1, 2, 3, 4]), failing, sink);
  } catch (e) {
    console.log('pipeline failed:', e.message, failing.destroyed, sink.destroyed);
  }
  const slow = new Readable({ read() {} });
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 5);
  try {
    await pipe(slow, new PassThrough(), { signal: ac.signal });
  } catch (e) {
    console.log(e.name, e.code);
  }
  const early = new PassThrough();
  early.destroy();
  await done(early).catch((e) => console.log(e.code, e.message));
  const w = new Writable({
    write(c, e, cb) {
      cb();
    },
  });
  w.end();
  w.on('error', (e) => console.log(e.code, e.message));
  w.write('late');
  const r = Readable.from(['a', 'b', 'c']);
  console.log(await r.map((x) => x.toUpperCase()).toArray());
  console.log(
    await Readable.from([1, 2, 3, 4])
      .filter((n) => n % 2)
      .map(async (n) => n * 10, { concurrency: 2 })
      .toArray()
  );
  console.log(
    await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 10),
    await Readable.from([1, 2, 3, 4]).drop(1).take(2).toArray()
  );
  console.log(
    await Readable.from([1, 2]).some((n) => n > 1),
    await Readable.from([1, 2]).every((n) => n > 1),
    await Readable.from([1, 2]).find((n) => n > 1)
  );
  await Readable.from([1, 2]).forEach((n) => console.log('each', n));
  console.log(
    await Readable.from([1, 2])
      .flatMap((n) => [n, n])
      .toArray()
  );
  const hw = new Writable({
    highWaterMark: 3,
    write(c, e, cb) {
      setImmediate(cb);
    },
  });
  console.log(
    hw.write('ab'),
    hw.write('cd'),
    hw.writableLength,
    hw.writableNeedDrain,
    hw.writableHighWaterMark
  );
  hw.once('drain', () => console.log('drain', hw.writableLength));
  await new Promise((r2) => hw.end('x', r2));
  const d = Duplex.from(async function* (src) {
    for await (const c of src) yield String(c).toUpperCase();
  });
  d.end('hello');
  for await (const c of d) console.log(String(c));
  const dt = new Readable({
    read() {
      this.push('x');
      this.push(null);
    },
  });
  finished(dt, (e) => console.log('finished', e));
  dt.resume();
  const sig = new AbortController();
  const ab = addAbortSignal(sig.signal, new Readable({ read() {} }));
  ab.on('error', (e) => console.log('aborted', e.name));
  sig.abort();
  const c = Readable.from(['x', 'y']);
  console.log(c.readableObjectMode, c.readableFlowing);
  console.log(
    Readable.from('abc').readableLength,
    Readable.isDisturbed?.(c),
    c.readableAborted,
    c.readableDidRead
  );
})();
