// A pool of two workers: who is free takes the next job, and the results find their callers.
//
// expect:
//   [ 1, 4, 9, 16, 25 ]
//   [ 1, 1 ]
const { Worker } = require('worker_threads');
const program = 'const { parentPort } = require("worker_threads"); parentPort.on("message", (n) => parentPort.postMessage(n * n));';
const free = [];
const waiting = [];
function next() {
  if (free.length === 0 || waiting.length === 0) return;
  const worker = free.pop();
  const { job, resolve } = waiting.shift();
  worker.once('message', (result) => { resolve(result); free.push(worker); next(); });
  worker.postMessage(job);
}
const run = (job) => new Promise((resolve) => { waiting.push({ job, resolve }); next(); });
const workers = Array.from({ length: 2 }, () => new Worker(program, { eval: true }));
free.push(...workers);
(async () => {
  console.log(await Promise.all([1, 2, 3, 4, 5].map(run)));
  console.log(await Promise.all(workers.map((worker) => worker.terminate())));
})();
