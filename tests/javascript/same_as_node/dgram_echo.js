const dgram = require('dgram');
const server = dgram.createSocket({ type: 'udp4', reuseAddr: true });
server.on('listening', () => {
  const a = server.address();
  console.log(a.address, a.family);
  client.bind(0, '127.0.0.1', () => {
    client.send(['part1 ', Buffer.from('part2')], a.port, '127.0.0.1', (e, n) => console.log('sent', e, n));
  });
});
server.on('message', (m, r) => {
  console.log('server', String(m), r.family, r.size);
  server.send(String(m).toUpperCase(), r.port, r.address);
});
const client = dgram.createSocket('udp4');
client.on('message', (m) => {
  console.log('client', String(m));
  client.close();
  server.close(() => console.log('server closed'));
});
client.on('close', () => {
  console.log('client closed');
  try {
    client.send('x', 1);
  } catch (e) {
    console.log(e.code, e.message);
  }
});
server.bind(0, '127.0.0.1');
const c = dgram.createSocket('udp4');
c.connect(9, '127.0.0.1', () => {
  console.log(c.remoteAddress().port);
  c.disconnect();
  try {
    c.remoteAddress();
  } catch (e) {
    console.log(e.code);
  }
  c.setBroadcast(true);
  c.setTTL(64);
  console.log(c.getSendBufferSize() > 0);
  c.unref();
  c.close();
});
