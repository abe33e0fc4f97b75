// Write callbacks run in the order of the writes, never inside write(), and finish after the last.
//
// expect:
//   called
//   write 1
//   write 2
//   write 3
//   finish
//   server got 123
const net = require('net');
const server = net.createServer((socket) => {
  let got = '';
  socket.on('data', (data) => { got += data; });
  socket.on('end', () => setImmediate(() => {
    console.log(`server got ${got}`);
    server.close();
  }));
}).listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
  client.on('connect', () => {
    for (const name of [1, 2, 3]) client.write(String(name), () => console.log(`write ${name}`));
    client.on('finish', () => console.log('finish'));
    console.log('called');
    setImmediate(() => client.end());
  });
  client.resume();
});
