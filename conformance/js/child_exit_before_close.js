// A child's exit and the ends of its streams may come in either order; close comes after both.
//
// expect:
//   spawned
//   {exit 3 | stdout end}
//   close 3
const { spawn } = require('child_process');
const child = spawn('/bin/sh', ['-c', 'echo hello; exit 3']);
child.on('spawn', () => console.log('spawned'));
child.stdout.resume().on('end', () => console.log('stdout end'));
child.on('exit', (code) => console.log(`exit ${code}`));
child.on('close', (code) => console.log(`close ${code}`));
