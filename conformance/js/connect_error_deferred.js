// A refused connection is reported as an event, after the ticks of the call; close comes after error.
//
// expect:
//   called
//   tick
//   error ECONNREFUSED
//   close true
const net = require('net');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const client = net.connect(port, '127.0.0.1');
    client.on('error', (error) => console.log(`error ${error.code}`));
    client.on('close', (failed) => console.log(`close ${failed}`));
    process.nextTick(() => console.log('tick'));
    console.log('called');
  });
});
