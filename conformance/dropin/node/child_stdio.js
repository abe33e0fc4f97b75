// spawn with every kind of stdio: pipes both ways, inherited, ignored, a file, further descriptors,
// a detached child, and signals sent to it.
//
// expect:
//   cat gave back 1048576 bytes
//   inherited
//   ignored: null
//   to a file: written by the child
//   fd 3: extra
//   fd 4 both ways: got question
//   from a file: violet
//   detached has its own group: true
//   kill: SIGTERM
//   kill 0: true false
//   argv0: other
//   EPIPE
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const text = async (stream) => {
  let all = '';
  for await (const data of stream) all += data;
  return all;
};
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...all) => resolve(all)));
const closed = (child) => once(child, 'close');
(async () => {
  const cat = spawn('cat');
  cat.stdin.end(Buffer.alloc(1 << 20, 'x'));
  console.log(`cat gave back ${(await text(cat.stdout)).length} bytes`);
  await closed(spawn('echo', ['inherited'], { stdio: 'inherit' }));
  const ignored = spawn('echo', ['lost'], { stdio: 'ignore' });
  console.log(`ignored: ${ignored.stdout}`);
  await closed(ignored);
  const file = path.join(process.env.TMPDIR, 'output');
  const fd = fs.openSync(file, 'w');
  await closed(spawn('echo', ['written by the child'], { stdio: ['ignore', fd, fd] }));
  fs.closeSync(fd);
  console.log(`to a file: ${fs.readFileSync(file, 'utf8').trim()}`);
  const extra = spawn('sh', ['-c', 'echo extra >&3'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  console.log(`fd 3: ${(await text(extra.stdio[3])).trim()}`);
  const talk = spawn('sh', ['-c', 'read line <&4; echo "got $line" >&4'],
                     { stdio: ['ignore', 'ignore', 'inherit', 'ignore', 'pipe'] });
  talk.stdio[4].write('question\n');
  console.log(`fd 4 both ways: ${(await text(talk.stdio[4])).trim()}`);
  fs.writeFileSync(file, 'violet');
  const input = fs.openSync(file, 'r');
  const reader = spawn('cat', { stdio: [input, 'pipe', 'inherit'] });
  console.log(`from a file: ${await text(reader.stdout)}`);
  fs.closeSync(input);
  const detached = spawn('sh', ['-c', 'cut -d" " -f5 /proc/self/stat; echo $$'], { detached: true });
  const [group, pid] = (await text(detached.stdout)).split('\n');
  console.log(`detached has its own group: ${group === pid && Number(pid) === detached.pid}`);
  const sleeper = spawn('sleep', ['60']);
  sleeper.kill();
  console.log(`kill: ${(await closed(sleeper))[1]}`);
  const other = spawn('sleep', ['60']);
  const alive = other.kill(0);
  other.kill('SIGKILL');
  await closed(other);
  console.log(`kill 0: ${alive} ${other.kill(0)}`);
  const named = spawn('sh', ['-c', 'cat /proc/$$/cmdline | tr "\\0" " " | cut -d" " -f1'], { argv0: 'other' });
  console.log(`argv0: ${(await text(named.stdout)).trim()}`);
  const deaf = spawn('sh', ['-c', 'exec <&-; echo closed; exec sleep 60']);
  await once(deaf.stdout, 'data');
  deaf.stdin.on('error', (error) => { console.log(error.code); deaf.kill('SIGKILL'); });
  deaf.stdin.write('nobody reads this');
})();
