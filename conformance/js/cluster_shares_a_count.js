// What workers of a cluster share lives in the primary; a worker that dies is replaced.
//
// expect:
//   exit 7 null false
//   exit 0 null true
//   count 10 replaced 1
const cluster = require('cluster');
if (cluster.isPrimary) {
  let count = 0;
  let replaced = 0;
  const start = () => {
    const worker = cluster.fork();
    worker.on('message', ({ step }) => { count += step; worker.send({ count }); });
    worker.on('exit', (code, signal) => {
      console.log('exit', code, signal, worker.exitedAfterDisconnect);
      if (code !== 0 && replaced++ === 0) start();
    });
  };
  start();
  process.on('exit', () => console.log('count', count, 'replaced', replaced));
} else {
  process.on('message', ({ count }) => {
    if (count === 5) process.exit(7);
    cluster.worker.disconnect();
  });
  process.send({ step: 5 });
}
