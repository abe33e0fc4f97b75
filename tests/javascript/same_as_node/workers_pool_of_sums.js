// Work shared out to workers; answers may come in any order, the sum is one.
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const fibonacci = (n) => n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
if (isMainThread) {
  console.log('Main thread starting');
  const jobs = [18, 19, 20, 21];
  Promise.all(jobs.map((n) => new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: { n } });
    worker.on('message', resolve); worker.on('error', reject); worker.on('exit', (code) => { if (code !== 0) reject(new Error(String(code))); });
  }))).then((results) => console.log(results, results.reduce((a, b) => a + b)));
} else parentPort.postMessage(fibonacci(workerData.n));
