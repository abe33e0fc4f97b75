// Thirty sockets, a server and a UDP socket go to a child between messages that fill the pipe: each
// arrives with its own message, and in order.
//
// expect:
//   62 messages in order: true
//   sockets with their own message: 30
//   others: server Server, udp Socket
//   message back: 3000000
//   exit 0
//   answers: 30, all different: true
const { fork } = require('child_process');
const dgram = require('dgram');
const net = require('net');

const SOCKETS = 30;
const LARGE = 400000;

function child() {
  const received = [];
  process.on('message', (message, handle) => {
    if (message.name === 'end') {
      process.send({ received, padding: 'z'.repeat(3000000) }, () => process.disconnect());
      return;
    }
    received.push([message.name, handle ? handle.constructor.name : '']);
    if (handle instanceof net.Socket) handle.end(`served ${message.name}`);
    else if (handle) handle.close();
  });
}

function connections(server) {
  const accepted = [];
  return new Promise((resolve) => server.on('connection', (socket) => {
    if (accepted.push(socket) === SOCKETS) resolve(accepted);
  }));
}

function answerOf(port) {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1');
    socket.on('data', (data) => { text += data; }).on('close', () => resolve(text));
  });
}

function bound(socket, method) {
  return new Promise((resolve) => socket[method](0, '127.0.0.1', () => resolve(socket)));
}

async function parent() {
  const started = fork(__filename, ['child']);
  const server = await bound(net.createServer({ pauseOnConnect: true }), 'listen');
  const allAccepted = connections(server);
  const answers = Array.from({ length: SOCKETS }, () => answerOf(server.address().port));
  const sent = [];
  const send = (name, length, handle) => {
    sent.push(name);
    started.send({ name, padding: 'x'.repeat(length) }, handle);
  };
  (await allAccepted).forEach((socket, i) => {
    send(`socket ${i}`, i % 3 ? 10 : LARGE, socket);
    send(`message ${i}`, i % 5 ? 10 : LARGE);
  });
  const udp = await bound(dgram.createSocket('udp4'), 'bind');
  const extra = await bound(net.createServer(), 'listen');
  send('server', 10, extra);
  send('udp', 10, udp);
  started.send({ name: 'end' });
  const exited = new Promise((resolve) => started.once('exit', resolve));
  const { received, padding } = await new Promise((resolve) => started.once('message', resolve));
  const inOrder = received.every(([name], i) => name === sent[i]);
  console.log(`${received.length} messages in order: ${inOrder}`);
  const sockets = received.filter(([name, kind]) => name.startsWith('socket') && kind === 'Socket');
  console.log(`sockets with their own message: ${sockets.length}`);
  console.log(`others: ${received.slice(-2).map((pair) => pair.join(' ')).join(', ')}`);
  console.log(`message back: ${padding.length}`);
  for (const one of [server, extra, udp]) one.close();
  console.log(`exit ${await exited}`);
  const texts = await Promise.all(answers);
  console.log(`answers: ${texts.length}, all different: ${new Set(texts).size === SOCKETS}`);
}

if (process.argv[2] === 'child') child();
else parent();
