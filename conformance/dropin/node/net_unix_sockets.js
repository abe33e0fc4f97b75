// Unix sockets: a name, a long name, the one in use, the missing one, and the removal of the file.
//
// expect:
//   path echo: hello
//   in use: EADDRINUSE
//   file is there: true
//   file is gone: true
//   missing: ENOENT
//   long name echo: hello
const net = require('net');
const fs = require('fs');
const path = require('path');
const name = path.join(process.env.TMPDIR, 'socket');
const listen = (where) => new Promise((resolve, reject) => {
  const server = net.createServer((socket) => socket.pipe(socket));
  server.on('error', reject).listen(where, () => resolve(server));
});
const echo = (where) => new Promise((resolve, reject) => {
  const client = net.connect(where, () => client.end('hello'));
  let text = '';
  client.on('data', (data) => { text += data; }).on('close', () => resolve(text)).on('error', reject);
});
(async () => {
  const server = await listen(name);
  console.log(`path echo: ${await echo(name)}`);
  await listen(name).catch((error) => console.log(`in use: ${error.code}`));
  console.log(`file is there: ${fs.existsSync(name)}`);
  await new Promise((resolve) => server.close(resolve));
  console.log(`file is gone: ${!fs.existsSync(name)}`);
  await echo(name).catch((error) => console.log(`missing: ${error.code}`));
  const long = path.join(process.env.TMPDIR, 'n'.repeat(100 - process.env.TMPDIR.length));
  const other = await listen(long);
  console.log(`long name echo: ${await echo(long)}`);
  other.close();
})();
