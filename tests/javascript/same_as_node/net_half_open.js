// Ends of a connection: one side after the other.
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => { socket.on('end', () => { console.log('server: end', socket.readyState); socket.end('late answer'); }); socket.on('close', (failed) => console.log('server: close', failed)); socket.resume(); });
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1' });
  socket.on('connect', () => { console.log('client: connect', socket.readyState, socket.remoteFamily); socket.end('question'); });
  socket.on('data', (data) => console.log('client:', String(data))); socket.on('end', () => console.log('client: end'));
  socket.on('close', (failed) => { console.log('client: close', failed, socket.bytesRead, socket.bytesWritten); server.close(); });
});
