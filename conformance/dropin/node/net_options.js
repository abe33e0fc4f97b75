// Socket options, addresses, bytes counted, timeouts, reset, listening on IPv6 and by descriptor.
//
// expect:
//   family IPv4 address 127.0.0.1 remote port is server's: true
//   bytes: 5 written, 5 read
//   idle: timeout
//   reset: ECONNRESET
//   second listen on a closed port works: true
const net = require('net');
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
(async () => {
  const server = net.createServer((socket) => socket.on('error', () => {}).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port, family, address } = server.address();
  const client = net.connect({ port, host: '127.0.0.1', noDelay: true, keepAlive: true, keepAliveInitialDelay: 1000 });
  await once(client, 'connect');
  client.setNoDelay(false).setNoDelay(true).setKeepAlive(true, 5000).setKeepAlive(false);
  console.log(`family ${family} address ${address} remote port is server's: ${client.remotePort === port}`);
  client.write('hello');
  await once(client, 'data');
  console.log(`bytes: ${client.bytesWritten} written, ${client.bytesRead} read`);
  client.setTimeout(20);
  await once(client, 'timeout');
  console.log('idle: timeout');
  client.destroy();
  await once(client, 'close');
  const resetter = net.createServer((socket) => socket.resetAndDestroy()).listen(0, '127.0.0.1');
  await once(resetter, 'listening');
  const victim = net.connect(resetter.address().port, '127.0.0.1');
  console.log(`reset: ${(await once(victim, 'error')).code}`);
  await new Promise((resolve) => resetter.close(resolve));
  await new Promise((resolve) => server.close(resolve));
  const again = net.createServer().listen(port, '127.0.0.1');
  await once(again, 'listening');
  console.log(`second listen on a closed port works: ${again.address().port === port}`);
  again.close();
})();
