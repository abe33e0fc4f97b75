// Connections that never come about, or end in the middle: what each side hears of it.
const net = require('net');
const tls = require('tls');
const { file, pair, log, listen, stop, closed } = require('../keys');

async function meet(name, { server: serverOptions, client: clientOptions, connect, onServer, onClient }) {
  log('--', name);
  const refused = [];
  const server = tls.createServer({ ...pair('local'), ...serverOptions }, (socket) => {
    log('server: secure');
    socket.on('error', (error) => log('server socket:', error));
    if (onServer) onServer(socket); else socket.end('bye');
  });
  const isRefused = new Promise((resolve) => server.on('tlsClientError', (error, socket) => {
    refused.push(error, socket.constructor.name);
    resolve();
  }));
  const port = await listen(server);
  const client = connect?.(port) ?? tls.connect({ port, ca: file('local.crt'), ...clientOptions });
  client.on('secureConnect', () => log('client: secure'));
  client.on('error', (error) => log('client:', error));
  client.on('end', () => log('client: end'));
  client.on('data', (data) => log('client:', String(data)));
  onClient?.(client);
  log('client closed', await closed(client));
  if (onServer === undefined && connect !== undefined) await isRefused;
  await stop(server);
  log(...refused);
}

(async () => {
  await meet('who speaks no TLS', { connect(port) {
    const client = net.connect(port, () => client.write('GET / HTTP/1.1\r\n\r\n'));
    return client;
  } });
  await meet('garbage', { connect(port) {
    const client = net.connect(port, () => client.write(Buffer.alloc(100, 1)));
    return client;
  } });
  await meet('who leaves at once', { connect(port) {
    const client = net.connect(port, () => client.end());
    return client;
  } });
  await meet('who says nothing', { server: { handshakeTimeout: 50 }, connect(port) {
    const client = net.connect(port);
    setTimeout(() => client.destroy(), 200);
    return client;
  } });
  await meet('the client goes when it is secure', { onServer() {}, onClient: (client) => client.on('secureConnect', () => client.destroy()) });
  await meet('the client goes when it is connected', { onServer() {}, onClient: (client) => client.on('connect', () => client.destroy()) });
  await meet('the client goes with an error', { onServer() {}, onClient: (client) => client.on('connect', () => client.destroy(new Error('changed my mind'))) });
  await meet('the server goes', { onServer: (socket) => socket.destroy() });
  await meet('the server goes with an error', { onServer: (socket) => socket.destroy(new Error('enough')) });
  await meet('the server goes in the middle', { onServer(socket) {
    socket.write('the first half');
    socket.once('data', () => socket.destroy());
  }, onClient: (client) => client.on('data', () => client.write('go on')) });

  const answering = net.createServer((socket) => { socket.on('error', () => {}); socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); });
  const confused = tls.connect(await listen(answering));
  confused.on('error', (error) => log('no TLS there:', error, error.library));
  log(await closed(confused));
  await stop(answering);

  const leaving = net.createServer((socket) => socket.destroy());
  const port = await listen(leaving);
  const alone = tls.connect({ port, host: 'localhost' });
  alone.on('error', (error) => log('gone:', error, Object.keys(error), error.host, error.port === port));
  log(await closed(alone));
  await stop(leaving);

  const refused = tls.connect({ port, host: '127.0.0.1' });
  refused.on('error', ({ code, syscall, address }) => log(code, syscall, address));
  log(await closed(refused));
})();
