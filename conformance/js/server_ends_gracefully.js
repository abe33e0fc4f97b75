// A server that is closed takes nobody new and waits for those who are there.
//
// expect:
//   request
//   SIGTERM
//   ECONNREFUSED
//   answer
//   closed undefined
//   ERR_SERVER_NOT_RUNNING
const http = require('http');
const server = http.createServer((request, response) => {
  console.log('request');
  setTimeout(() => { console.log('answer'); response.end('done'); }, 40);
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
    response.resume();
  });
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 15);
  process.once('SIGTERM', (signal) => {
    console.log(signal);
    server.close((error) => console.log('closed', error));
    server.close((error) => console.log(error.code));
    http.get({ port, host: '127.0.0.1' }).on('error', (error) => console.log(error.code));
  });
});
