const cluster = require('cluster'),
  http = require('http');
if (cluster.isPrimary) {
  console.log('primary', cluster.isMaster, cluster.isWorker, Object.keys(cluster.workers).length);
  cluster.setupPrimary({ args: ['worker'] });
  const seen = new Set();
  let listening = 0;
  cluster.on('fork', (w) => console.log('fork', w.id));
  cluster.on('online', (w) => seen.add('online ' + w.id));
  for (let i = 0; i < 2; i++) cluster.fork({ NUM: i });
  cluster.on('listening', (w, a) => {
    seen.add('listening ' + w.id + ' ' + a.addressType);
    if (++listening === 2) test(a.port);
  });
  let exits = 0;
  cluster.on('exit', (w, code, signal) => {
    seen.add(`exit ${w.id} ${code} ${signal} ${w.exitedAfterDisconnect} ${w.isDead()}`);
    if (++exits === 2) {
      console.log([...seen].sort());
      console.log('workers left', Object.keys(cluster.workers).length);
    }
  });
  cluster.on('disconnect', (w) => seen.add('disconnect ' + w.id));
  cluster.on('message', (w, m) => seen.add('message ' + JSON.stringify(m)));
  function test(port) {
    const ids = new Set();
    let n = 0;
    for (let i = 0; i < 4; i++)
      http.get({ port, agent: false }, (r) => {
        let b = '';
        r.on('data', (d) => (b += d)).on('end', () => {
          ids.add(b);
          if (++n === 4) {
            console.log('served by', [...ids].sort());
            for (const id in cluster.workers) cluster.workers[id].send('shutdown');
          }
        });
      });
  }
} else {
  const server = http.createServer((q, s) => s.end('worker ' + process.env.NUM)).listen(0);
  process.on('message', (m) => {
    if (m === 'shutdown') {
      process.send({ from: cluster.worker.id, stopping: true });
      server.close(() => cluster.worker.disconnect());
    }
  });
}
