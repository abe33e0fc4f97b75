// Over a socket pair of a server and a client: data, end, close, in this order and each end once.
//
// expect:
//   data hello
//   end
//   close
const net = require('net');
const server = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.on('data', (data) => console.log(`data ${data}`));
  client.on('end', () => console.log('end'));
  client.on('close', () => { console.log('close'); server.close(); });
});
