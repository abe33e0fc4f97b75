// fork(): messages both ways, sockets and servers beside them, and the end of the channel.
const { fork } = require('child_process'), net = require('net');

if (process.argv[2] === 'child') child(); else parent();

function child() {
  console.log(process.connected, process.argv.slice(2), process.env.NODE_CHANNEL_FD);
  process.on('message', (message, handle) => {
    if (message === 'server') {
      handle.on('connection', (socket) => { socket.end('accepted by the child'); handle.close(); });
      process.send('listening');
    } else if (message === 'socket') {
      handle.end('answered by the child');
    } else if (message === 'bye') {
      process.disconnect();
      console.log(process.connected);
    } else {
      process.send({ echo: message });
    }
  });
  process.on('disconnect', () => console.log('the child is disconnected'));
  process.send('ready');
}

function parent() {
  const one = fork(__filename, ['child', 'word']);
  console.log(one.connected, one.stdin, one.stdout);
  const messages = ['text', [1, 'é\n"'], { a: 1, u: undefined, d: new Date(0) }, null, 0, 'x'.repeat(200000)];
  one.on('message', (message) => {
    if (message === 'listening') return useServer();
    console.log('parent got', JSON.stringify(message).slice(0, 60), JSON.stringify(message).length);
    if (messages.length > 0) return one.send(messages.shift());
    sendServer();
  });
  // These come over different ways, in no promised order.
  const told = [];
  one.on('disconnect', () => told.push(`disconnected ${one.connected}`));
  one.on('exit', (...values) => told.push(`exit ${values}`));
  one.on('close', (...values) => {
    console.log('close', ...values, told.sort());
    one.send('late', (error) => console.log(error.code, error.message));
  });

  let server;
  function sendServer() {
    server = net.createServer();
    server.listen(0, '127.0.0.1', () => one.send('server', server, (error) => told.push(`server sent ${error}`)));
  }
  function useServer() {
    const { port } = server.address();
    server.close();
    read(net.connect(port, '127.0.0.1'), sendSocket);
  }
  function sendSocket() {
    const own = net.createServer({ pauseOnConnect: true }, (socket) => { one.send('socket', socket); own.close(); });
    own.listen(0, '127.0.0.1', () => read(net.connect(own.address().port, '127.0.0.1'), () => one.send('bye')));
  }
}

function read(socket, then) {
  socket.setEncoding('utf8');
  socket.on('data', (text) => console.log(text));
  socket.on('close', then);
}
