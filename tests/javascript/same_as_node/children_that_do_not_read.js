// Writing to a child that is gone is an error, not the end of the program; the child itself has SIGPIPE as usual.
const { spawn, spawnSync } = require('child_process');
for (let i = 0; i < 5; i++) console.log(spawnSync('true', { input: Buffer.alloc(1 << 20) }).status);
console.log(spawnSync('sh', ['-c', 'kill -PIPE $$; echo survived'], { encoding: 'utf8' }).signal);
const child = spawn('true');
child.stdin.on('error', (error) => console.log(error.code));
child.on('close', (code) => console.log('close', code));
child.stdin.write(Buffer.alloc(1 << 20));
