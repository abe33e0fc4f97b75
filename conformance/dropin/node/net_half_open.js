// Half-open connections: after the client's end the server can still write, and both see their ends.
//
// expect:
//   server: end of input after "question"
//   {client: got all 1048576 bytes | server: closed without error}
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.on('data', (data) => { text += data; });
  socket.on('end', () => {
    console.log(`server: end of input after "${text}"`);
    socket.end(Buffer.alloc(1 << 20, 'long answer'));
  });
  socket.on('close', (failed) => {
    console.log(`server: closed ${failed ? 'with' : 'without'} error`);
    server.close();
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
  const parts = [];
  client.end('question');
  client.on('data', (data) => parts.push(data));
  client.on('end', () => {
    const all = Buffer.concat(parts);
    const right = all.equals(Buffer.alloc(1 << 20, 'long answer'));
    console.log(`client: got ${right ? 'all' : 'only'} ${all.length} bytes`);
  });
});
