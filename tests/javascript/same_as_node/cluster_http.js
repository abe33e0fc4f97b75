// Two workers serve one port in turn.
const cluster = require('cluster'), http = require('http');
if (cluster.isPrimary) {
  let listening = 0;
  for (let i = 0; i < 2; i++) cluster.fork();
  cluster.on('listening', async (worker, { port }) => {
    if (++listening < 2) return;
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push(await new Promise((resolve) => http.get({ port, agent: false }, (response) => response.setEncoding('utf8').on('data', resolve))));
    console.log(ids.sort());
    for (const one of Object.values(cluster.workers)) one.process.kill();
  });
  cluster.on('exit', (worker, code, signal) => console.log('exit', code, signal));
} else http.createServer((request, response) => response.end(`worker ${cluster.worker.id}`)).listen(0);
