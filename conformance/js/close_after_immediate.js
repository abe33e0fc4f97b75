// Close callbacks come after the immediates of the same iteration.
//
// expect:
//   listening
//   immediate
//   closed
const net = require('net');
const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  setImmediate(() => {
    console.log('listening');
    setImmediate(() => {
      server.close();
      server.once('close', () => console.log('closed'));
      setImmediate(() => console.log('late immediate is not awaited'));
      console.log('immediate');
      process.once('exit', () => process.stdout.write(''));
      server.once('close', () => process.exit(0));
    });
  });
});
