// A listening server goes to a child, which answers on it.
const { fork } = require('child_process'), net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => { server.on('connection', (socket) => { socket.end(`child got ${message}`); server.close(); process.disconnect(); }); process.send('listening'); });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    child.send('a server', server, () => server.close());
    child.on('message', (message) => { console.log(message); net.connect(port, '127.0.0.1').on('data', (data) => console.log(String(data))); });
    child.on('exit', (code) => console.log('exit', code));
  });
}
