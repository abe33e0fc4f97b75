// Work for all processors: violet run examples/js/worker_pool.js [how many primes' limit]
//
// Each worker is a thread with an isolate and a loop of its own. The main loop stays free: a timer shows
// that it is never late while the workers count.
const os = require('os');
const { Worker, isMainThread, parentPort } = require('worker_threads');

if (isMainThread) main(); else work();

function work() {
  const isPrime = (n) => {
    for (let i = 2; i * i <= n; i++) if (n % i === 0) return false;
    return n > 1;
  };
  parentPort.on('message', ({ from, to }) => {
    let count = 0;
    for (let n = from; n < to; n++) if (isPrime(n)) count++;
    parentPort.postMessage(count);
  });
}

function main() {
  const limit = Number(process.argv[2] ?? 200000);
  const step = Math.ceil(limit / 20);
  const tasks = [];
  for (let from = 0; from < limit; from += step) tasks.push({ from, to: Math.min(from + step, limit) });
  let [primes, left] = [0, tasks.length];
  let latest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    latest = Math.max(latest, performance.now() - last - 10);
    last = performance.now();
  }, 10);

  for (let i = 0; i < Math.min(os.cpus().length, tasks.length); i++) {
    const worker = new Worker(__filename);
    const next = () => { if (tasks.length > 0) worker.postMessage(tasks.shift()); else worker.terminate(); };
    worker.on('message', (count) => {
      primes += count;
      next();
      if (--left > 0) return;
      clearInterval(watch);
      console.log(`${primes} primes below ${limit}`);
      console.error(`the main loop was at most ${latest.toFixed(1)} ms late`);
    });
    next();
  }
}
