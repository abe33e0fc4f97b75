// Errors have libuv's codes, numbers and system calls: refused, in use, missing, broken pipe, and more.
//
// expect:
//   connect ECONNREFUSED -111
//   listen EADDRINUSE -98
//   listen EADDRNOTAVAIL -99
//   open ENOENT -2
//   open ENOENT -2
//   scandir ENOTDIR -20
//   mkdir EEXIST -17
//   read EISDIR -21
//   write EBADF -9
//   write EPIPE -32
//   spawn EACCES -13
//   spawnSync ENOENT -2
//   kill ESRCH -3
//   bind EADDRINUSE -98
//   connect ENOENT -2
//   symlink loop ELOOP
//   EMFILE: recovered true
//   names: EPERM=-1 ENOENT=-2 EAGAIN=-11 ETIMEDOUT=-110 ECANCELED=-125
const fs = require('fs');
const net = require('net');
const dgram = require('dgram');
const path = require('path');
const util = require('util');
const { spawn, spawnSync } = require('child_process');
const tell = (error) => console.log(`${error.syscall.split(' ')[0]} ${error.code} ${error.errno}`);
const failed = (emitter) => new Promise((resolve) => emitter.on('error', (error) => { tell(error); resolve(); }));
const at = (name) => path.join(process.env.TMPDIR, name);
(async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  const { port } = server.address();
  const second = net.createServer();
  const closed = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.on('listening', resolve));
  const refused = closed.address().port;
  await new Promise((resolve) => closed.close(resolve));
  await failed(net.connect(refused, '127.0.0.1'));
  await failed(second.listen(port, '127.0.0.1'));
  await failed(net.createServer().listen(0, '192.0.2.1'));
  await fs.promises.open(at('none')).catch(tell);
  try { fs.readFileSync(at('none')); } catch (error) { tell(error); }
  fs.writeFileSync(at('file'), 'x');
  await fs.promises.readdir(at('file')).catch(tell);
  await fs.promises.mkdir(process.env.TMPDIR).catch(tell);
  await fs.promises.readFile(process.env.TMPDIR).catch(tell);
  const reader = fs.openSync(at('file'), 'r');
  await new Promise((resolve) => fs.write(reader, 'y', (error) => { tell(error); resolve(); }));
  const deaf = spawn('sh', ['-c', 'exec <&-; echo closed; exec sleep 60'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => deaf.stdout.once('data', resolve));
  const broken = failed(deaf.stdin);
  deaf.stdin.write('x');
  await broken;
  deaf.kill('SIGKILL');
  await failed(spawn(at('file')));
  tell(spawnSync('no-such-program').error);
  const gone = spawnSync('true').pid;
  try { process.kill(gone, 'SIGTERM'); } catch (error) { tell(error); }
  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await new Promise((resolve) => udp.on('listening', resolve));
  await failed(dgram.createSocket('udp4').bind(udp.address().port, '127.0.0.1'));
  udp.close();
  await failed(net.connect(at('no-socket')));
  fs.symlinkSync('loop', at('loop'));
  await fs.promises.stat(at('loop')).catch((error) => console.log(`symlink loop ${error.code}`));
  await descriptorLimit();
  server.close();
  const errname = util.getSystemErrorName;
  console.log(`names: ${[-1, -2, -11, -110, -125].map((number) => `${errname(number)}=${number}`).join(' ')}`);
})();

async function descriptorLimit() {
  const code = `
    const fs = require('fs');
    const fds = [];
    try { for (;;) fds.push(fs.openSync('/dev/null')); } catch (error) { if (error.code !== 'EMFILE') throw error; }
    fds.forEach(fs.closeSync);
    fs.readFile('/dev/null', (error) => process.exit(error ? 1 : 0));`;
  const child = spawnSync('sh', ['-c', `ulimit -n 128; exec "$0" -e "$1"`, process.execPath, code]);
  console.log(`EMFILE: recovered ${child.status === 0}`);
}
