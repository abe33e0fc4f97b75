// The ways in which a worker ends.
const { Worker } = require('worker_threads');
const run = (code, options) => new Promise((resolve) => {
  const seen = [];
  const worker = new Worker(code, { eval: true, ...options });
  worker.on('error', (error) => seen.push(`error ${error?.name} ${error?.message}`));
  worker.on('message', (message) => seen.push(message));
  worker.on('exit', (exitCode) => { seen.push(exitCode); resolve(seen); });
});
(async () => {
  console.log(await run('1'));
  console.log(await run('throw new TypeError("wrong")'));
  console.log(await run('process.exit(4)'));
  console.log(await run('Promise.reject(new Error("rejected"))'));
  console.log(await run('const { parentPort } = require("worker_threads"); parentPort.postMessage("last"); process.exit(0)'));
  console.log(await run('process.on("exit", (code) => require("worker_threads").parentPort.postMessage(`exit ${code}`)); process.exitCode = 6'));
  console.log(await run('setTimeout(() => { throw new Error("late") }, 1)'));
  const busy = new Worker('require("worker_threads").parentPort.postMessage("up"); for (;;);', { eval: true });
  busy.on('message', async (message) => console.log(message, await busy.terminate()));
})();
