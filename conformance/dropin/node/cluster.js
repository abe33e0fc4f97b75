// A cluster of two workers serves one port, by round robin and by sharing; both leave cleanly.
//
// expect:
//   rr: 40 answers, workers that answered: 2
//   rr: workers left: 0 0
//   shared: 40 answers, every answer from a worker: true
//   shared: workers left: 0 0
const cluster = require('cluster');
const net = require('net');
const { fork } = require('child_process');

function worker() {
  const server = net.createServer((socket) => socket.end(String(cluster.worker.id)));
  server.listen(0, '127.0.0.1');
  process.on('message', () => { server.close(() => process.disconnect()); });
}

const ask = (port) => new Promise((resolve, reject) => {
  let text = '';
  net.connect(port, '127.0.0.1').on('data', (data) => { text += data; })
      .on('close', () => resolve(text)).on('error', reject);
});

async function primary(kind) {
  cluster.schedulingPolicy = kind === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE;
  const workers = [cluster.fork(), cluster.fork()];
  const ports = await Promise.all(workers.map((one) =>
    new Promise((resolve) => one.once('listening', ({ port }) => resolve(port)))));
  if (ports[0] !== ports[1]) console.log(`different ports: ${ports}`);
  const answers = [];
  for (let round = 0; round < 10; round++) {
    answers.push(...await Promise.all(Array.from({ length: 4 }, () => ask(ports[0]))));
  }
  const ids = new Set(answers);
  if (kind === 'rr') console.log(`rr: ${answers.length} answers, workers that answered: ${ids.size}`);
  else console.log(`shared: ${answers.length} answers, every answer from a worker: ${[...ids].every((id) => id === '1' || id === '2')}`);
  const left = workers.map((one) => new Promise((resolve) => one.once('exit', resolve)));
  for (const one of workers) one.send('leave');
  console.log(`${kind}: workers left: ${(await Promise.all(left)).join(' ')}`);
  process.exit();
}

if (cluster.isWorker) worker();
else if (process.argv[2]) primary(process.argv[2]);
else {
  fork(__filename, ['rr']).on('exit', () => fork(__filename, ['shared']));
}
