// A worker has its own variables, arguments and output.
const { Worker, SHARE_ENV } = require('worker_threads');
process.env.SEEN = 'parent';
const code = 'process.env.SEEN = process.env.SEEN + " and worker"; console.log(process.env.SEEN, process.argv.slice(2), require("worker_threads").isMainThread); console.error("to stderr")';
const worker = new Worker(code, { eval: true, argv: ['a', 1], stdout: true, stderr: true });
worker.stdout.on('data', (data) => console.log('stdout', String(data).trim()));
worker.stderr.on('data', (data) => console.log('stderr', String(data).trim()));
worker.on('exit', () => {
  console.log(process.env.SEEN);
  new Worker(code, { eval: true, env: { SEEN: 'given' }, stderr: true }).on('exit', () => {
    new Worker(code, { eval: true, env: SHARE_ENV, stderr: true }).on('exit', () => console.log(process.env.SEEN));
  });
});
