// All messages of a worker arrive before its exit event.
//
// expect:
//   online
//   0 1 2 3 4 5 6 7 8 9
//   exit 0
const { Worker } = require('worker_threads');
const worker = new Worker(
    'const { parentPort } = require("worker_threads");' +
    'for (let i = 0; i < 10; i++) parentPort.postMessage(i);', { eval: true });
const seen = [];
worker.on('online', () => console.log('online'));
worker.on('message', (message) => seen.push(message));
worker.on('exit', (code) => {
  console.log(seen.join(' '));
  console.log(`exit ${code}`);
});
