// A pipeline through generators: each piece goes all the way, and all ends are told.
//
// expect:
//   made 1
//   used 10
//   made 2
//   used 20
//   made 3
//   used 30
//   source ends
//   over
//   failed: no a
//   cleaned up
//   AbortError ABORT_ERR
const { pipeline } = require('stream/promises');
const { Writable } = require('stream');
(async () => {
  await pipeline(
    async function* () { try { for (let i = 1; i <= 3; i++) { console.log('made', i); yield i; } } finally { console.log('source ends'); } },
    async function* (numbers) { for await (const number of numbers) yield number * 10; },
    async (numbers) => { for await (const number of numbers) console.log('used', number); });
  console.log('over');
  const failing = pipeline(
    async function* () { try { yield 'a'; yield 'b'; } finally { console.log('cleaned up'); } },
    new Writable({ objectMode: true, write(chunk, encoding, callback) { callback(new Error(`no ${chunk}`)); } }));
  await failing.catch((error) => console.log('failed:', error.message));
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await pipeline(async function* ({ signal }) { await new Promise((resolve) => signal.addEventListener('abort', resolve)); },
                 new Writable({ write() {} }), { signal: controller.signal }).catch((error) => console.log(error.name, error.code));
})();
