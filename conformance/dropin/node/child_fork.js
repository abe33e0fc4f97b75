// fork with IPC: messages both ways in order, a large one, a socket and a server handed over.
//
// expect:
//   child: ready
//   1000 messages back in order: true
//   large message back: 1000000
//   advanced: Map with 2
//   answered by the child: hello from the child
//   10 connections accepted by the child's server: 10
//   udp from the child: datagram
//   disconnected
//   exit 0
const { fork } = require('child_process');
const net = require('net');
const dgram = require('dgram');

function child() {
  let server;
  process.on('message', (message, handle) => {
    if (message === 'socket') handle.end('hello from the child');
    else if (message === 'server') {
      server = handle;
      handle.on('connection', (socket) => socket.end('accepted by the child'));
      process.send('serving');
    } else if (message === 'udp') {
      handle.send('datagram', handle.address().port, '127.0.0.1', () => handle.close());
    } else if (message === 'leave') server.close(() => process.disconnect());
    else process.send(message);
  });
  process.send('ready');
}

async function parent() {
  const started = fork(__filename, ['child'], { serialization: 'advanced' });
  const next = () => new Promise((resolve) => started.once('message', resolve));
  console.log(`child: ${await next()}`);
  const back = [];
  await new Promise((resolve) => {
    started.on('message', function count(message) {
      back.push(message);
      if (back.length === 1000) { started.off('message', count); resolve(); }
    });
    for (let index = 0; index < 1000; index++) started.send(index);
  });
  console.log(`1000 messages back in order: ${back.every((message, index) => message === index)}`);
  started.send('x'.repeat(1000000));
  console.log(`large message back: ${(await next()).length}`);
  started.send(new Map([[1, 'a'], [2, 'b']]));
  const map = await next();
  console.log(`advanced: ${map.constructor.name} with ${map.size}`);
  const giver = net.createServer({ pauseOnConnect: true }, (socket) => started.send('socket', socket));
  await new Promise((resolve) => giver.listen(0, '127.0.0.1', resolve));
  console.log(`answered by the child: ${await fetchText(giver.address().port)}`);
  giver.close();
  const given = net.createServer(() => console.log('the parent must not accept'));
  await new Promise((resolve) => given.listen(0, '127.0.0.1', resolve));
  const { port } = given.address();
  const serving = next();
  started.send('server', given);
  await serving;
  await new Promise((resolve) => given.close(resolve));
  const answers = await Promise.all(Array.from({ length: 10 }, () => fetchText(port)));
  console.log(`10 connections accepted by the child's server: ${answers.filter((text) => text === 'accepted by the child').length}`);
  const udp = dgram.createSocket('udp4');
  await new Promise((resolve) => udp.bind(0, '127.0.0.1', resolve));
  started.send('udp', udp);
  console.log(`udp from the child: ${await new Promise((resolve) => udp.once('message', resolve))}`);
  udp.close();
  started.on('disconnect', () => console.log('disconnected'));
  started.on('exit', (code) => { console.log(`exit ${code}`); process.exit(); });
  started.send('leave');
}

function fetchText(port) {
  return new Promise((resolve, reject) => {
    let text = '';
    net.connect(port, '127.0.0.1').on('data', (data) => { text += data; })
        .on('close', () => resolve(text)).on('error', reject);
  });
}

if (process.argv[2] === 'child') child();
else parent();
