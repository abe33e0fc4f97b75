// Sending to a child that is gone, killing, and children that end by themselves.
const { fork } = require('child_process');
if (process.argv[2] === 'quick') process.exit(9);
else if (process.argv[2] === 'stay') { process.on('message', () => {}); process.send('up'); }
else {
  const quick = fork(__filename, ['quick']);
  quick.on('exit', (code) => {
    console.log('quick', code, quick.exitCode, quick.killed);
    quick.once('error', (error) => console.log(error.code));
    console.log(quick.send('too late', (error) => console.log('callback', error?.code)));
    const stay = fork(__filename, ['stay']);
    stay.on('message', () => console.log('kill', stay.kill('SIGTERM'), stay.killed));
    stay.on('exit', (status, signal) => console.log('stay', status, signal, stay.signalCode));
  });
}
