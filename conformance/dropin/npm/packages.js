// Worker pools, websockets, servers and their clients, children, archives, locks, watchers and logs:
// what fourteen packages of npm do, in a settled order.
//
// expect:
//   piscina 3540
//   ws 18001680
//   undici 200
//   got 1000000
//   execa 200000 err 3 SIGTERM
//   trees 150 150
//   lock true ELOCKED
//   chokidar add dst/d1/new, addDir dst/e, unlink dst/d0/f0
//   socket.io 325
//   pino true
//   pino transport 500
//   rimraf false
// timeout: 60
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-'));
const at = (...names) => path.join(folder, ...names);
const many = (count, work) => Promise.all(Array.from({ length: count }, (_, i) => work(i)));
const happens = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
const sum = (numbers) => numbers.reduce((left, right) => left + right, 0);

async function piscina() {
  const { Piscina } = require('piscina');
  fs.writeFileSync(at('worker.js'), 'module.exports = async ({ a }) => a * 2;');
  const pool = new Piscina({ filename: at('worker.js'), maxThreads: 3 });
  console.log('piscina', sum(await many(60, (a) => pool.run({ a }))));
  await pool.destroy();
}

async function websockets() {
  const { WebSocketServer, WebSocket } = require('ws');
  const server = new WebSocketServer({ port: 0 });
  await happens(server, 'listening');
  server.on('connection', (peer) => peer.on('message', (data, binary) => peer.send(data, { binary })));
  const messages = ['hello 0', 'hello 1', 'hello 2', 'hello 3', Buffer.alloc(300000, 7)];
  const received = await many(60, async () => {
    const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
    let bytes = 0;
    let count = 0;
    client.on('open', () => messages.forEach((message) => client.send(message)));
    client.on('message', (data) => {
      bytes += data.length;
      if (++count === messages.length) client.close();
    });
    await happens(client, 'close');
    return bytes;
  });
  console.log('ws', sum(received));
  await new Promise((resolve) => server.close(resolve));
}

async function web() {
  const undici = require('undici');
  const got = require('got');
  const server = require('fastify')();
  server.get('/one', async () => ({ one: 1 }));
  server.post('/length', async (request) => ({ length: request.body.text.length }));
  const base = await server.listen({ port: 0, host: '127.0.0.1' });
  const pool = new undici.Pool(base, { connections: 10, pipelining: 4 });
  const ones = await many(200, async () => (await (await pool.request({ path: '/one', method: 'GET' })).body.json()).one);
  console.log('undici', sum(ones));
  const post = () => got.post(`${base}/length`, { json: { text: 'y'.repeat(50000) } }).json();
  console.log('got', sum((await many(20, post)).map((answer) => answer.length)));
  await pool.close();
  await server.close();
}

async function children() {
  const execa = require('execa');
  const ended = await execa('sh', ['-c', 'cat; echo err >&2; exit 3'], { input: 'z'.repeat(200000), reject: false });
  const sleeper = execa('sleep', ['20']);
  sleeper.kill('SIGTERM');
  const killed = await sleeper.catch((error) => error);
  console.log('execa', ended.stdout.length, ended.stderr, ended.exitCode, killed.signal);
}

function countFiles(place) {
  const entries = fs.readdirSync(place, { withFileTypes: true });
  return sum(entries.map((entry) => (entry.isDirectory() ? countFiles(path.join(place, entry.name)) : 1)));
}

async function trees() {
  const extra = require('fs-extra');
  const tar = require('tar');
  await many(150, (i) => extra.outputFile(at('src', `d${i % 7}`, `f${i}`), 'x'.repeat(i * 10)));
  await extra.copy(at('src'), at('dst'));
  await tar.c({ gzip: true, file: at('archive.tgz'), cwd: folder }, ['src']);
  fs.mkdirSync(at('out'));
  await tar.x({ file: at('archive.tgz'), cwd: at('out') });
  console.log('trees', countFiles(at('dst')), countFiles(at('out')));
}

async function locks() {
  const locker = require('proper-lockfile');
  const release = await locker.lock(at('archive.tgz'));
  const again = await locker.lock(at('archive.tgz')).catch((error) => error.code);
  console.log('lock', await locker.check(at('archive.tgz')), again);
  await release();
}

async function watch() {
  const watcher = require('chokidar').watch(at('dst'));
  const seen = new Set();
  await happens(watcher, 'ready');
  const all = new Promise((resolve) => watcher.on('all', (event, place) => {
    seen.add(`${event} ${path.relative(folder, place)}`);
    if (seen.size === 3) resolve();
  }));
  fs.writeFileSync(at('dst', 'd1', 'new'), '1');
  fs.unlinkSync(at('dst', 'd0', 'f0'));
  fs.mkdirSync(at('dst', 'e'));
  await all;
  console.log('chokidar', [...seen].sort().join(', '));
  await watcher.close();
}

async function socketIo() {
  const server = new (require('socket.io').Server)(0);
  server.on('connection', (peer) => peer.on('number', (number, answer) => answer(number + 1)));
  const url = `http://127.0.0.1:${server.httpServer.address().port}`;
  const answers = await many(25, (i) => new Promise((resolve) => {
    const client = require('socket.io-client')(url, { forceNew: true, transports: [i % 2 ? 'websocket' : 'polling'] });
    client.emit('number', i, (answer) => {
      client.close();
      resolve(answer);
    });
  }));
  console.log('socket.io', sum(answers));
  await new Promise((resolve) => server.close(resolve));
}

async function logs() {
  const pino = require('pino');
  const numbers = (name) => fs.readFileSync(at(name), 'utf8').trim().split('\n').map((line) => JSON.parse(line).i);
  const destination = pino.destination({ dest: at('log'), sync: false, minLength: 4096 });
  const log = pino(destination);
  for (let i = 0; i < 3000; i++) log.info({ i }, 'line');
  destination.end();
  await happens(destination, 'close');
  console.log('pino', numbers('log').every((number, i) => number === i));
  const transport = pino.transport({ target: 'pino/file', options: { destination: at('other') } });
  const other = pino(transport);
  for (let i = 0; i < 500; i++) other.info({ i });
  transport.end();
  await happens(transport, 'close');
  console.log('pino transport', numbers('other').length);
}

async function main() {
  // Neither pools nor transports keep the process.
  const alive = setInterval(() => {}, 1000);
  for (const part of [piscina, websockets, web, children, trees, locks, watch, socketIo, logs]) await part();
  await new Promise((resolve) => require('rimraf')(folder, resolve));
  console.log('rimraf', fs.existsSync(folder));
  clearInterval(alive);
}

main();
