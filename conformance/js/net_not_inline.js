// connect and listen report later, never inside their calls.
//
// expect:
//   called listen
//   listening
//   called connect
//   {accepted | connected}
const net = require('net');
const server = net.createServer((socket) => {
  console.log('accepted');
  socket.on('data', () => {});
  socket.on('end', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  console.log('listening');
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    console.log('connected');
    client.end();
  });
  console.log('called connect');
});
console.log('called listen');
