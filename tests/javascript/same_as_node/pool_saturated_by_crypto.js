// With the pool full, sockets still work: they need none of its threads.
const net = require('net');
const { scrypt } = require('crypto');
let jobs = 0;
for (let i = 0; i < 6; i++) scrypt('secret', 'salt', 64, { N: 2 ** 14 }, () => { if (++jobs === 6) console.log('jobs are done'); });
const server = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').on('data', (data) => { console.log(String(data), jobs < 6); server.close(); });
});
