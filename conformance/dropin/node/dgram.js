// UDP: send and receive, connected sockets, sizes, an empty datagram, closing with sends in flight.
//
// expect:
//   echoes: 100 of 100
//   from 127.0.0.1 true
//   empty datagram: 0 bytes
//   largest: 60000 bytes
//   too large: EMSGSIZE
//   connected: pong from the right port true
//   buffer sizes: true
//   closed
const dgram = require('dgram');
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...all) => resolve(all)));
const bound = async (handler) => {
  const socket = dgram.createSocket('udp4', handler);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};
(async () => {
  const server = await bound((message, from) => server.send(message, from.port, from.address));
  const { port } = server.address();
  const client = await bound();
  const seen = new Set();
  for (let round = 0; round < 10; round++) {
    const answers = new Promise((resolve) => {
      let got = 0;
      const count = (message) => {
        seen.add(message.toString());
        if (++got === 10) { client.off('message', count); resolve(); }
      };
      client.on('message', count);
    });
    for (let index = 0; index < 10; index++) client.send([`round ${round}, `, `message ${index}`], port, '127.0.0.1');
    await answers;
  }
  console.log(`echoes: ${seen.size} of 100`);
  client.send('', port, '127.0.0.1');
  const [empty, from] = await once(client, 'message');
  console.log(`from ${from.address} ${from.port === port}`);
  console.log(`empty datagram: ${empty.length} bytes`);
  client.send(Buffer.alloc(60000), port, '127.0.0.1');
  console.log(`largest: ${(await once(client, 'message'))[0].length} bytes`);
  await new Promise((resolve) => client.send(Buffer.alloc(70000), port, '127.0.0.1', (error) => {
    console.log(`too large: ${error.code}`);
    resolve();
  }));
  const peer = dgram.createSocket('udp4');
  peer.connect(port, '127.0.0.1');
  await once(peer, 'connect');
  peer.send('pong');
  const [pong] = await once(peer, 'message');
  console.log(`connected: ${pong} from the right port ${peer.remoteAddress().port === port}`);
  peer.setRecvBufferSize(65536);
  console.log(`buffer sizes: ${peer.getRecvBufferSize() >= 65536 && peer.getSendBufferSize() > 0}`);
  for (let index = 0; index < 50; index++) peer.send('in flight');
  peer.close();
  client.close();
  server.close(() => console.log('closed'));
})();
