// What wrong arguments are called.
const fs = require('fs'), net = require('net'), { Worker } = require('worker_threads'), events = require('events'), cp = require('child_process');
const wrong = [() => fs.readFileSync('/none/here'), () => fs.openSync(__filename, 'zz'), () => fs.readFileSync({}), () => fs.readFile('x'), () => fs.statSync('a\0b'), () => new events().on('x', 1), () => new events().emit('error', new Error('alone')),
               () => setTimeout('code'), () => process.nextTick(1), () => queueMicrotask(), () => new URL('nope'), () => Buffer.alloc('x'), () => new Worker('no-dot.js'), () => cp.spawn(''), () => cp.spawn(7), () => process.chdir('/none'), () => process.kill(1.5, 'SIGNOPE'), () => require('./not-there'), () => structuredClone(() => {}),
               () => new events().setMaxListeners(-1), () => require('util').promisify(1)];
for (const call of wrong) {
  try { call(); console.log('no error', String(call)); } catch (error) { console.log(error.name, '|', error.code, '|', error.message.split('\n')[0].replace(process.cwd(), 'CWD')); }
}
