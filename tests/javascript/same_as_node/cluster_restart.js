// A worker that crashes is replaced; then all are asked to leave.
const cluster = require('cluster');
if (cluster.isPrimary) {
  let restarts = 0;
  cluster.on('exit', (worker, code, signal) => {
    console.log('exit', worker.id, code, signal, worker.exitedAfterDisconnect);
    if (code === 13 && restarts++ === 0) cluster.fork({ CALM: 'yes' }).on('online', () => cluster.disconnect(() => console.log('all left')));
  });
  cluster.fork({ CALM: 'no' });
} else if (process.env.CALM === 'no') process.exit(13);
