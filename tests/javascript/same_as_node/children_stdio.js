// Pipes of children: what goes in comes out, in order, with exit before close.
const { spawn, exec, execFile } = require('child_process');
const shell = spawn('sh', ['-c', 'cat; echo done; echo problem >&2; exit 6']);
const seen = [];
shell.stdout.setEncoding('utf8').on('data', (data) => seen.push(data)).on('end', () => seen.push('stdout ends'));
shell.stderr.setEncoding('utf8').on('data', (data) => console.log('stderr', data));
shell.on('exit', (code) => console.log('exit', code));
shell.on('close', (code, signal) => { console.log('close', code, signal, seen.join('')); });
shell.stdin.write('one\n'); shell.stdin.end('two\n');
shell.on('close', () => exec('exit 3', (error, stdout, stderr) => {
  console.log(error.code, error.cmd, JSON.stringify([stdout, stderr]));
  execFile('sh', ['-c', 'kill -9 $$'], (failure) => console.log(failure.signal, failure.code, failure.killed));
}));
