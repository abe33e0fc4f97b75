const {
  Worker,
  isMainThread,
  parentPort,
  workerData,
  MessageChannel,
  threadId,
  setEnvironmentData,
  getEnvironmentData,
  SHARE_ENV,
  resourceLimits,
} = require('worker_threads');
if (isMainThread) {
  setEnvironmentData('k', 'v');
  const sab = new SharedArrayBuffer(8);
  const w = new Worker(__filename, {
    workerData: { sab, list: [1, 2] },
    argv: ['a1'],
    env: { ONLY: '1' },
    name: 'named',
  });
  w.on('online', () => console.log('online', w.threadId));
  w.on('message', (m) => {
    console.log('main got', m);
    if (m.done) w.postMessage('stop');
  });
  w.on('exit', (c) => {
    console.log('exit', c, new Int32Array(sab)[0], w.threadId);
    bad();
  });
} else {
  const a = new Int32Array(workerData.sab);
  Atomics.add(a, 0, 41);
  Atomics.add(a, 0, 1);
  parentPort.postMessage({
    list: workerData.list,
    argv: process.argv.slice(2),
    env: process.env.ONLY,
    data: getEnvironmentData('k'),
    id: threadId,
  });
  parentPort.on('message', (m) => {
    console.log('worker got', m);
    parentPort.close();
  });
  parentPort.postMessage({ done: true });
  process.on('exit', (c) => console.log('worker exit event', c));
}
function bad() {
  const e = new Worker('throw new TypeError("in worker")', { eval: true });
  e.on('error', (x) => console.log('error', x.name, x.message));
  e.on('exit', (c) => {
    console.log('exit', c);
    const inf = new Worker('while (true) {}', { eval: true });
    inf.on('online', () => setTimeout(async () => console.log('terminated', await inf.terminate()), 5));
    inf.on('exit', (c2) => {
      console.log('inf exit', c2);
      const p = new Worker('process.exit(7)', { eval: true });
      p.on('exit', (c3) => {
        console.log('process.exit', c3);
        try {
          new Worker('./nope.js').on('error', (er) => console.log(er.code));
        } catch (er) {
          console.log(er.code);
        }
        try {
          w2 = new Worker('1', { eval: true });
          w2.postMessage(() => {});
        } catch (er) {
          console.log(er.name, er.code);
        }
      });
    });
  });
}
