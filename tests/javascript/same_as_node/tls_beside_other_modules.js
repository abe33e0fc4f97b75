// TLS beside the rest: time limits and addresses of net, AsyncLocalStorage, events.on(), a cluster, a worker.
const cluster = require('cluster');
const https = require('https');
const tls = require('tls');
const { AsyncLocalStorage } = require('async_hooks');
const { createPrivateKey, createPublicKey, createSecretKey } = require('crypto');
const { on, once } = require('events');
const { Worker } = require('worker_threads');
const { file, pair, log, refuse, listen, stop, closed, textOf } = require('../keys');

const ca = file('local.crt');
const get = (options) => new Promise((resolve) => https.get({ host: 'localhost', ca, ...options }, resolve));

async function main() {
  console.log(createSecretKey(Buffer.from('x')), createPrivateKey(file('rsa.key')));
  const storage = new AsyncLocalStorage();
  const server = tls.createServer(pair('local'), (socket) => {
    console.log(socket.remoteAddress, socket.remoteFamily, typeof socket.remotePort, socket.localPort === port, Object.keys(socket.address()));
    socket.setTimeout(30, () => {
      console.log('idle');
      socket.end('late');
    });
    socket.setNoDelay(true).setKeepAlive(true, 1000).unref().ref();
    server.getConnections((error, count) => console.log('connections', error, count));
  });
  const port = await listen(server);
  await storage.run('kept', async () => {
    const client = tls.connect({ port, host: '127.0.0.1', ca });
    await once(client, 'secureConnect');
    console.log(storage.getStore());
    client.on('data', (data) => console.log(String(data), storage.getStore()));
    client.on('end', () => console.log('end', storage.getStore()));
    await closed(client);
    console.log(client.destroyed, client.readable, client.writable, client.readyState, client.authorized, client.getProtocol(), client.getCipher(),
                client.getPeerCertificate(), client.getSession(), client.isSessionReused(), client.address(), client.remoteAddress);
  });
  await stop(server);

  const asked = https.createServer(pair('local'));
  const askedPort = await listen(asked);
  (async () => {
    for await (const [request, response] of on(asked, 'request')) {
      response.writeHead(201, { 'X-Y': 'z', 'Set-Cookie': ['a=1', 'b=2'] });
      response.write(request.url);
      response.end();
    }
  })();
  const answer = await get({ port: askedPort, path: '/it' });
  console.log(answer.statusCode, answer.headers['x-y'], answer.headers['set-cookie'], await textOf(answer), answer.req.protocol, answer.req.host);
  await stop(asked);

  cluster.fork();
  const [worker, address] = await once(cluster, 'listening');
  console.log(await textOf(await get({ port: address.port })));
  worker.kill();
  await once(worker, 'exit');

  const thread = new Worker(__filename);
  console.log(await once(thread, 'exit'));

  refuse(() => tls.createServer({ SNICallback: 5 }));
  refuse(() => tls.createServer({ handshakeTimeout: 'x' }));
  refuse(() => tls.createServer('x'));
  refuse(() => https.request('nonsense'));
  const first = tls.createServer();
  const second = tls.createServer();
  second.listen(await listen(first));
  second.on('error', async ({ code, syscall }) => {
    log(code, syscall);
    await stop(first);
    tls.connect({ port: 1, host: '127.0.0.1' }).on('error', ({ code: why }) => log(why));
  });
}

function serveInThread() {
  const server = https.createServer(pair('local'), (request, response) => response.end('from a thread'));
  server.listen(0, async () => {
    console.log(await textOf(await get({ port: server.address().port })));
    server.close();
  });
}

if (!cluster.isPrimary) https.createServer(pair('local'), (request, response) => response.end(`from worker ${cluster.worker.id}`)).listen(0);
else if (require('worker_threads').isMainThread) main();
else serveInThread();
