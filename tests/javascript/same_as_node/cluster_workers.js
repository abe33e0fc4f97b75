// A cluster: events of a worker's life, shared ports served in turn, ways to end.
const cluster = require('cluster'), http = require('http'), net = require('net');

if (cluster.isPrimary) primary(); else worker();

function worker() {
  const { id } = cluster.worker;
  console.log('worker', id, cluster.isWorker, process.env.KIND, process.env.NODE_UNIQUE_ID);
  if (process.env.KIND === 'idle') return;
  cluster.worker.on('disconnect', () => { process.exitCode = cluster.worker.exitedAfterDisconnect ? 5 : 6; });
  http.createServer((request, response) => response.end(`served by ${id}`)).listen(0, '127.0.0.1');
  process.on('message', (message) => process.send(`${message} and back`));
}

function fetch(port) {
  return new Promise((resolve) => http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
    response.setEncoding('utf8');
    response.on('data', resolve);
  }));
}
function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...values) => resolve(values)));
}

async function primary() {
  console.log(cluster.isMaster, cluster.isWorker, cluster.worker, cluster.schedulingPolicy, cluster.settings);
  const first = cluster.fork({ KIND: 'server' });
  console.log(first.id, first.isConnected(), first.isDead(), Object.keys(cluster.workers));
  for (const event of ['online', 'disconnect']) cluster.on(event, (worker) => console.log(event, worker.id));
  cluster.on('exit', (worker, code, signal) => console.log('exit', worker.id, code, signal, worker.exitedAfterDisconnect));
  const [{ port, address, addressType }] = await once(first, 'listening');
  console.log(address, addressType);
  const second = cluster.fork({ KIND: 'server' });
  const [other] = await once(second, 'listening');
  console.log('the same port', other.port === port, Object.keys(cluster.workers));
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await fetch(port));
  console.log(answers.sort());
  first.send('there');
  console.log(await once(first, 'message'));
  first.disconnect();
  await once(first, 'exit');
  console.log(await fetch(port), Object.keys(cluster.workers));
  second.process.kill('SIGKILL');
  await once(second, 'exit');
  const third = cluster.fork({ KIND: 'idle' });
  await once(third, 'online');
  third.kill();
  await once(third, 'exit');
  const fourth = cluster.fork({ KIND: 'idle' });
  await once(fourth, 'online');
  cluster.disconnect(() => console.log('all are disconnected'));
  await once(fourth, 'exit');
  const blocker = net.createServer().listen(0, '127.0.0.1', () => {
    console.log(Object.keys(cluster.workers), blocker.listening);
    blocker.close();
  });
}
