// A chat: violet run examples/js/tcp_chat.js [port], then any number of `nc localhost PORT`.
//
// One thread serves everybody: between two lines of one guest the loop looks after the others.
const net = require('net');
const readline = require('readline');

const guests = new Map();  // socket: name

function say(text, except) {
  for (const socket of guests.keys()) if (socket !== except) socket.write(`${text}\n`);
}

const server = net.createServer((socket) => {
  const lines = readline.createInterface({ input: socket });
  socket.write('Your name?\n');
  lines.once('line', (name) => {
    guests.set(socket, name);
    say(`${name} has come`, socket);
    lines.on('line', (line) => say(`${name}: ${line}`, socket));
  });
  socket.on('close', () => {
    const name = guests.get(socket);
    guests.delete(socket);
    if (name !== undefined) say(`${name} has gone`);
  });
  socket.on('error', () => {});  // `close` follows
});

server.listen(Number(process.argv[2] ?? 8001), () => console.log(`listening on ${server.address().port}`));
