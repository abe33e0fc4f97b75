// A socket's close event comes after its end event, and a server's after its last connection's.
//
// expect:
//   client end
//   client close
//   server close
const net = require('net');
const server = net.createServer((socket) => socket.end());
server.on('close', () => console.log('server close'));
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.resume();
  client.on('end', () => console.log('client end'));
  client.on('close', () => {
    console.log('client close');
    server.close();
  });
});
