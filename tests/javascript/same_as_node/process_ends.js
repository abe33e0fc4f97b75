// What a program hears at its end: run as children, so that their exits can be told.
const { spawnSync } = require('child_process');
const run = (code, ...args) => { const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['-e', code, ...args], { encoding: 'utf8' }); console.log(status, signal, stdout, stderr.split('\n').filter((line) => /^\w*(Error|Warning|Uncaught|.node)/.test(line)).map((line) => line.replace(/\d{2,}/g, 'N')).join('|')); };
run("let n = 0; process.on('beforeExit', (c) => { console.log('beforeExit', c); if (n++ < 2) setTimeout(() => console.log('more'), 1); }); process.on('exit', (c) => console.log('exit', c));");
run("process.exitCode = 3; process.on('beforeExit', (c) => console.log('before', c)); process.on('exit', (c) => console.log('exit', c, process.exitCode));");
run("process.on('exit', (c) => { console.log('exit', c); setTimeout(() => console.log('never')); process.exitCode = 9; }); process.exit(2)");
run("process.on('exit', () => { throw new Error('in exit'); })");
run("process.on('exit', () => process.exit(5)); process.exit(4)");
run("process.on('uncaughtException', (e, origin) => { console.log(e.message, origin); }); setTimeout(() => console.log('still here'), 5); throw new Error('caught')");
run("process.on('uncaughtException', () => { throw new Error('second'); }); throw new Error('first')");
run("process.on('uncaughtException', (e, o) => console.log(e, o)); Promise.reject(7)");
run("process.on('unhandledRejection', (r, p) => { console.log('unhandled', r, p); }); Promise.reject(1); Promise.reject(new Error('2').message)");
run("process.on('unhandledRejection', () => console.log('u')); process.on('rejectionHandled', () => console.log('handled late')); const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 5)");
run("process.on('uncaughtExceptionMonitor', (e, o) => console.log('monitor', e.message, o)); throw new Error('m')");
run("process.setUncaughtExceptionCaptureCallback((e) => console.log('capture', e.message)); console.log(process.hasUncaughtExceptionCaptureCallback()); setTimeout(() => console.log('on'), 1); throw new Error('c')");
