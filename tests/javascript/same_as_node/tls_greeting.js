// A connection from its beginning to its end: the events of each side in their order, and what each knows.
const tls = require('tls');
const { file, pair, log, closed, stop } = require('../keys');

function watch(name, emitter, except) {
  const { emit } = emitter;
  emitter.emit = function(event, ...values) {
    if (!except.includes(event)) log(name, event, ...values.map((value) => Buffer.isBuffer(value) ? String(value) : typeof value === 'object' && value !== null ? value.constructor.name : value));
    return emit.call(this, event, ...values);
  };
}
const kQuiet = ['newListener', 'removeListener', 'resume', 'readable', 'session', 'pause', 'keylog'];

const facts = (socket) => [socket.authorized, socket.authorizationError, socket.encrypted, socket.alpnProtocol, socket.servername,
                           socket.getProtocol(), socket.getCipher(), socket.isSessionReused(), socket.connecting, socket.readyState];

const server = tls.createServer({ ...pair('local'), ALPNProtocols: ['a', 'b'] }, (socket) => {
  watch('server socket', socket, [...kQuiet, 'close']);
  console.log(...facts(socket), socket.getPeerCertificate(), socket.getEphemeralKeyInfo(), socket.server === server);
  socket.on('data', (data) => socket.end(`got ${data}`));
});
watch('server', server, ['newListener', 'removeListener', 'close']);
server.listen(0, async () => {
  const client = tls.connect({ port: server.address().port, ca: file('local.crt'), ALPNProtocols: ['b'], servername: 'localhost' }, () => {
    console.log(...facts(client), client.getEphemeralKeyInfo(), client.getPeerCertificate().subject, client.getCertificate());
    client.write('hello');
  });
  watch('client', client, [...kQuiet, 'lookup']);
  console.log(client.authorized, client.encrypted, client.connecting, client.getProtocol(), client.getCipher(), client.getPeerCertificate(), client.alpnProtocol);
  console.log(client instanceof tls.TLSSocket, client instanceof require('net').Socket, client instanceof require('stream').Duplex);
  client.resume();
  await closed(client);
  await stop(server);
  console.log('closed');
});
