// What is cloned, what is moved and what is shared with a worker.
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
if (isMainThread) {
  const shared = new Int32Array(new SharedArrayBuffer(8)), moved = new ArrayBuffer(16);
  const worker = new Worker(__filename, { workerData: { shared, map: new Map([['k', new Set([1])]]), date: new Date(0), nothing: undefined, big: 5n, error: new RangeError('far') } });
  worker.postMessage({ moved }, [moved]);
  console.log('moved away', moved.byteLength);
  try { worker.postMessage(() => {}); } catch (error) { console.log(error.name, error.message); }
  worker.on('message', (message) => console.log('main', message));
  worker.on('exit', (code) => console.log('exit', code, shared[0], worker.threadId));
} else {
  const { shared, error, ...rest } = workerData;
  Atomics.add(shared, 0, 7);
  parentPort.once('message', ({ moved }) => { parentPort.postMessage({ size: moved.byteLength, error: `${error}`, rest, same: error instanceof RangeError }); });
}
