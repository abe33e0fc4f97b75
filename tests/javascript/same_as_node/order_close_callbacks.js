// A socket's close comes after the immediates of its iteration.
const net = require('net');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.on('close', () => console.log('close'));
    socket.destroy();
    process.nextTick(() => console.log('tick'));
    setImmediate(() => console.log('immediate'));
    console.log('destroyed', socket.destroyed);
    server.close(() => console.log('server closed'));
  });
});
