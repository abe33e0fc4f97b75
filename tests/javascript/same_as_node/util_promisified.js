const util = require('util'),
  fs = require('fs'),
  dns = require('dns'),
  { exec } = require('child_process');
const wait = util.promisify(setTimeout);
function legacy(value, callback) {
  setImmediate(() => (value > 0 ? callback(null, value * 2) : callback(new Error('must be positive'))));
}
const modern = util.promisify(legacy);
class Api {
  constructor() {
    this.base = 10;
  }
  add(n, cb) {
    process.nextTick(cb, null, this.base + n);
  }
}
const api = new Api();
const add = util.promisify(api.add).bind(api);
(async () => {
  console.log(await modern(2));
  await modern(-1).catch((e) => console.log(e.message));
  console.log(await add(5), await wait(1, 'waited'));
  const { stdout } = await util.promisify(exec)('echo promisified');
  console.log(stdout.trim());
  console.log(await util.promisify(dns.lookup)('127.0.0.1'));
  const cb = util.callbackify(modern);
  cb(4, (e, v) => console.log('callbackified', e, v));
  cb(-4, (e) => console.log('callbackified', e.message));
  legacy[util.promisify.custom] = async (v) => `custom ${v}`;
  console.log(await util.promisify(legacy)(1), util.promisify(legacy) === legacy[util.promisify.custom]);
  try {
    util.promisify(5);
  } catch (e) {
    console.log(e.code, e.message);
  }
  const results = await Promise.all([1, 2, 3].map((n) => modern(n)));
  console.log(results);
  const order = [];
  await Promise.all(
    [3, 1, 2].map(async (n) => {
      await wait(n * 4);
      order.push(n);
    })
  );
  console.log(order);
  async function retry(f, times) {
    for (let i = 1; ; i++)
      try {
        return await f(i);
      } catch (e) {
        if (i === times) throw e;
        console.log('attempt', i, 'failed');
        await wait(1);
      }
  }
  console.log(
    await retry(async (i) => {
      if (i < 3) throw new Error('again');
      return `ok after ${i}`;
    }, 5)
  );
  const timeout = (p, ms) =>
    Promise.race([p, new Promise((_, r) => setTimeout(() => r(new Error('timed out')), ms))]);
  await timeout(wait(50), 2).catch((e) => console.log(e.message));
  async function pool(tasks, limit) {
    const out = [];
    let running = 0,
      most = 0;
    const it = tasks.entries();
    await Promise.all(
      Array.from({ length: limit }, async () => {
        for (const [i, t] of it) {
          most = Math.max(most, ++running);
          out[i] = await t();
          running--;
        }
      })
    );
    return [out, most];
  }
  console.log(
    await pool(
      [1, 2, 3, 4, 5].map((n) => async () => {
        await wait(1);
        return n * n;
      }),
      2
    )
  );
})();
