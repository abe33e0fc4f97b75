// What ends a program: signals, and exceptions of odd kinds.
const { spawnSync } = require('child_process');
const run = (code, ...args) => { const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['-e', code, ...args], { encoding: 'utf8' }); console.log(status, signal, stdout, stderr.split('\n').filter((line) => /^\w*(Error|Warning|Uncaught|.node)/.test(line)).map((line) => line.replace(/\d{2,}/g, 'N')).join('|')); };
run("Promise.reject(null)"); run("Promise.reject({ a: 1 })"); run("Promise.reject(Symbol('s'))"); run("throw null"); run("throw { a: 1 }"); run("throw 'text'"); run("undefinedFunction()"); run("null.x"); run("syntax error here");
run("process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 1000)");
run("process.on('SIGINT', (name, number) => { console.log(name, number); process.exit(0); }); process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 1000)");
run("process.once('SIGTERM', () => { console.log('once'); process.kill(process.pid, 'SIGTERM'); }); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000)");
