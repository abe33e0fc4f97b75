// Messages in a cluster, by the cluster and by the worker.
const cluster = require('cluster');
if (cluster.isPrimary) {
  cluster.setupPrimary({ args: ['word'] });
  const worker = cluster.fork();
  cluster.on('message', (from, message) => console.log('cluster hears', from.id, message));
  worker.on('message', (message) => { console.log('worker object hears', message); worker.send({ reply: 1 }); });
  worker.on('exit', (code) => console.log('exit', code, cluster.settings.args));
} else {
  process.on('message', (message) => { console.log('worker hears', message, process.argv.slice(2), cluster.worker.isConnected()); process.disconnect(); });
  process.send({ hello: cluster.worker.id });
}
