// TLS over what is there already: a socket that has spoken plainly, one that still connects, a path, any stream.
const net = require('net');
const path = require('path');
const tls = require('tls');
const { Duplex } = require('stream');
const { file, pair, log, listen, stop, closed, textOf } = require('../keys');

// One end of a pipe in memory.
class End extends Duplex {
  _read() {
    const { taken } = this;
    this.taken = undefined;
    taken?.();
  }
  _write(bytes, encoding, callback) {
    this.other.taken = callback;
    this.other.push(bytes);
  }
  _final(callback) {
    this.other.push(null);
    callback();
  }
}

(async () => {
  const ca = file('local.crt');
  const [left, right] = [new End(), new End()];
  [left.other, right.other] = [right, left];
  const server = new tls.TLSSocket(left, { isServer: true, ...pair('local') });
  const isReady = new Promise((resolve) => server.on('secure', resolve));
  server.on('data', (data) => server.end(`echo ${data}`));
  const client = tls.connect({ socket: right, ca, servername: 'localhost' }, () => client.write('in memory'));
  await isReady;
  log(server.getCipher().name, client.encrypted, server.encrypted);
  log(await textOf(client), client.authorized);

  const mixed = net.createServer((socket) => socket.once('data', (data) => {
    log('plainly', String(data));
    socket.write('go ahead');
    const secure = new tls.TLSSocket(socket, { isServer: true, ...pair('local') });
    secure.on('data', (secret) => secure.end(`secretly ${secret}`));
  }));
  const raw = net.connect(await listen(mixed), () => raw.write('STARTTLS'));
  raw.once('data', (data) => {
    log(String(data));
    const secure = tls.connect({ socket: raw, ca, servername: 'localhost' });
    secure.write('hello');
    secure.on('data', (answer) => log(String(answer)));
  });
  await closed(raw);
  log('closed', raw.destroyed);
  await stop(mixed);

  const greeting = tls.createServer(pair('local'), (socket) => socket.end('hello'));
  const connecting = net.connect(await listen(greeting));
  log(await textOf(tls.connect({ socket: connecting, ca, servername: 'localhost' })));
  await stop(greeting);

  const place = path.join(process.cwd(), 'socket');
  const local = tls.createServer(pair('local'), (socket) => socket.end(`hello ${socket.remoteAddress}`));
  await listen(local, place);
  log(await textOf(tls.connect({ path: place, ca })), local.address() === place);
  await stop(local);

  // A connection that somebody else has accepted.
  const inner = tls.createServer(pair('local'), (socket) => socket.end(`inner ${socket.server === inner}`));
  const outer = net.createServer((socket) => inner.emit('connection', socket));
  log(await textOf(tls.connect({ port: await listen(outer), ca })));
  await stop(outer);
})();
