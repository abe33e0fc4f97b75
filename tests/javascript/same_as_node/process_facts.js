// What a program may ask of its process.
console.log(process.argv.length, process.argv[0] === process.execPath, process.platform, process.arch, process.version.startsWith('v18'), typeof process.pid, typeof process.ppid, process.title.length > 0);
console.log(Object.keys(process.memoryUsage()), process.memoryUsage.rss() > 1e6, Object.keys(process.cpuUsage()), process.hrtime().length, typeof process.hrtime.bigint(), process.uptime() > 0);
process.env.ADDED = 7; console.log(process.env.ADDED, 'ADDED' in process.env, delete process.env.ADDED, process.env.ADDED, Object.keys(process.env).includes('PATH'));
console.log(process.umask().toString(8).length > 0, process.cwd() === require('fs').realpathSync('.'), process.getuid() >= 0, process.getgroups().length > 0, process.exitCode, process.connected, process.release.name);
process.on('beforeExit', (code) => { console.log('beforeExit', code); if (!process.again) { process.again = true; setTimeout(() => console.log('more work'), 1); } });
process.on('exit', (code) => { console.log('exit', code); setTimeout(() => console.log('never'), 0); });
process.on('warning', (warning) => console.log(warning.name, warning.message, warning.code)); process.stderr.write = () => true; process.emitWarning('look out', 'Custom', 'W01');
