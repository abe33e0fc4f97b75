// A reader that waits makes the writer wait.
const net = require('net');
const server = net.createServer((socket) => { socket.pause(); setTimeout(() => socket.resume(), 20); let size = 0; socket.on('data', (data) => { size += data.length; }); socket.on('end', () => { console.log('received', size); server.close(); }); });
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const chunk = Buffer.alloc(1 << 20);
  console.log(socket.write(chunk), socket.write(chunk), socket.write(chunk));
  socket.on('drain', () => console.log('drain', socket.writableLength));
  for (let i = 0; i < 20; i++) socket.write(chunk);
  socket.end();
});
