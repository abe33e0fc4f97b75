// An immediate made while reading runs before the next chunk that was not yet sent.
//
// expect:
//   data 1
//   immediate after 1
//   data 2
//   immediate after 2
//   data 3
//   immediate after 3
//   end
const net = require('net');
const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  socket.write('1');
  socket.on('data', (data) => {  // The client asks for more.
    const next = Number(data) + 1;
    if (next <= 3) socket.write(String(next));
    else socket.end();
  });
}).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.on('data', (data) => {
    console.log(`data ${data}`);
    setImmediate(() => {
      console.log(`immediate after ${data}`);
      client.write(data);
    });
  });
  client.on('end', () => { console.log('end'); server.close(); });
});
