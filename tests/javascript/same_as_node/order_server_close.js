const net = require('net');
const s = net.createServer();
s.listen(0, () => {
  s.close(() => console.log('close callback'));
  s.on('close', () => console.log('close event'));
  process.nextTick(() => console.log('tick'));
  setImmediate(() => console.log('immediate'));
  Promise.resolve().then(() => console.log('promise'));
  console.log('listening', s.listening);
});
const t = net.createServer((socket) => {
  socket.on('close', () => console.log('socket closed'));
  socket.resume();
  t.close(() => {
    console.log('server closed');
  });
  socket.on('end', () => console.log('end'));
});
t.listen(0, () => {
  setTimeout(() => {
    const c = net.connect(t.address().port, () => {
      setTimeout(() => c.end(), 20);
    });
    c.on('close', () => console.log('client closed'));
  }, 30);
});
