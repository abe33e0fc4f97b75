const { Readable } = require('stream');
const { on, once, EventEmitter } = require('events');
const range = {
  from: 1,
  to: 3,
  [Symbol.asyncIterator]() {
    let i = this.from,
      to = this.to;
    return {
      next: async () => (i <= to ? { value: i++, done: false } : { value: undefined, done: true }),
      return: async () => {
        console.log('return called');
        return { done: true };
      },
    };
  },
};
async function* gen() {
  try {
    yield 1;
    yield 2;
    yield 3;
  } finally {
    console.log('cleanup');
  }
}
(async () => {
  for await (const x of range) console.log(x);
  for await (const x of range) {
    if (x === 2) break;
    console.log(x);
  }
  for await (const x of gen()) {
    if (x === 2) break;
    console.log('gen', x);
  }
  try {
    for await (const x of gen()) throw new Error('inside ' + x);
  } catch (e) {
    console.log(e.message);
  }
  for await (const x of [Promise.resolve('a'), 'b', Promise.resolve('c')]) console.log(x);
  const r = Readable.from(gen());
  for await (const x of r) {
    console.log('readable', x);
    if (x === 2) break;
  }
  console.log('destroyed', r.destroyed);
  const e = new EventEmitter();
  const it = on(e, 'x');
  e.emit('x', 1);
  e.emit('x', 2, 3);
  console.log(await it.next(), await it.next());
  it.return();
  console.log(e.listenerCount('x'), (await it.next()).done);
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 5);
  try {
    for await (const v of on(e, 'y', { signal: ac.signal })) console.log(v);
  } catch (err) {
    console.log(err.name, err.code);
  }
  setTimeout(() => e.emit('error', new Error('emitted')), 2);
  try {
    await once(e, 'z');
  } catch (err) {
    console.log(err.message);
  }
  const rs = new Readable({ objectMode: true, read() {} });
  rs.push({ a: 1 });
  rs.push({ a: 2 });
  rs.push(null);
  const all = [];
  for await (const c of rs.iterator({ destroyOnReturn: false })) all.push(c);
  console.log(all);
  console.log(
    await Promise.allSettled([Promise.resolve(1), Promise.reject(new Error('no')), 3]).then((r2) =>
      r2.map((x) => [x.status, x.value, x.reason?.message])
    )
  );
  console.log(await Promise.any([Promise.reject(new Error('x')), Promise.resolve('any')]));
  await Promise.any([Promise.reject(1)]).catch((x) => console.log(x.constructor.name, x.errors, x.message));
  const g = gen();
  console.log(await g.next(), await g.return('early'), await g.next());
  const g2 = gen();
  await g2.next();
  await g2.throw(new Error('thrown in')).catch((x) => console.log(x.message));
})();
