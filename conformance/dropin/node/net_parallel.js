// A hundred connections at once, each echoing its own bytes in many pieces.
//
// expect:
//   100 connections, 100 echoes right
//   open at the same time: 100
//   closed
const net = require('net');
let most = 0;
const open = new Set();
const server = net.createServer((socket) => {
  open.add(socket);
  most = Math.max(most, open.size);
  socket.on('close', () => open.delete(socket));
  socket.pipe(socket);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 200 }, () => {
  let right = 0;
  let done = 0;
  const clients = [];
  let connected = 0;
  for (let index = 0; index < 100; index++) {
    const client = net.connect(server.address().port, '127.0.0.1');
    clients.push(client);
    client.on('connect', () => { if (++connected === 100) settle(); });
  }
  function settle() {
    if (open.size < 100) { setImmediate(settle); return; }
    clients.forEach((client, index) => talk(client, index));
  }
  function talk(client, index) {
    const wanted = `connection ${index};`.repeat(2000);
    let got = '';
    client.on('data', (data) => { got += data; if (got.length === wanted.length) client.end(); });
    client.on('close', () => {
      if (got === wanted) right++;
      if (++done < 100) return;
      console.log(`100 connections, ${right} echoes right`);
      console.log(`open at the same time: ${most}`);
      server.close(() => console.log('closed'));
    });
    for (let at = 0; at < wanted.length; at += 1000) client.write(wanted.slice(at, at + 1000));
  }
});
