// A worker waits for the main thread by Atomics.
const { Worker, isMainThread, workerData } = require('worker_threads');
if (isMainThread) {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(__filename, { workerData: flags });
  worker.on('exit', () => console.log('worker counted', flags[1]));
  setTimeout(() => { Atomics.store(flags, 0, 1); console.log('woken', Atomics.notify(flags, 0) <= 1); }, 150);
} else {
  Atomics.wait(workerData, 0, 0);
  for (let i = 0; i < 1000; i++) Atomics.add(workerData, 1, 1);
}
