// A paused socket delivers nothing and pushes back on its writer; resumed, it delivers everything.
//
// expect:
//   writer was pushed back: true
//   delivered while paused: 0
//   received: 33554432
const net = require('net');
const total = 32 << 20;
const chunk = Buffer.alloc(256 << 10, 'x');
const server = net.createServer((socket) => {
  socket.pause();
  let whilePaused = 0;
  let received = 0;
  let resumed = false;
  socket.on('data', (data) => {
    if (!resumed) whilePaused += data.length;
    received += data.length;
  });
  socket.on('end', () => { console.log(`received: ${received}`); server.close(); });
  socket.pause();
  server.once('pushed back', () => {
    console.log(`delivered while paused: ${whilePaused}`);
    resumed = true;
    socket.resume();
    const pulse = setInterval(() => {  // Goes on pausing and resuming.
      socket.pause();
      setImmediate(() => socket.resume());
    }, 1);
    socket.on('close', () => clearInterval(pulse));
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let sent = 0;
  let pushedBack = false;
  const send = () => {
    while (sent < total) {
      sent += chunk.length;
      if (!client.write(chunk)) { client.once('drain', send); return; }
    }
    client.end();
  };
  client.on('connect', send);
  let before = -1;
  const watch = setInterval(() => {  // Nothing moves any more: the kernel's buffers are full.
    if (client.bytesWritten === before && client.writableLength > 0 && !pushedBack && sent > 0) {
      pushedBack = true;
      clearInterval(watch);
      console.log('writer was pushed back: true');
      server.emit('pushed back');
    }
    before = client.bytesWritten;
  }, 30);
});
