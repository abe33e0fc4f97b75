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
let answer;
const server = http.createServer((request, response) => {
  console.log('request');
  answer = () => { console.log('answer'); response.end('done'); };
  process.kill(process.pid, 'SIGTERM');
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
    response.resume();
  });
  process.once('SIGTERM', (signal) => {
    console.log(signal);
    server.close((error) => console.log('closed', error));
    server.close((error) => console.log(error.code));
    http.get({ port, host: '127.0.0.1' }).on('error', (error) => {
      console.log(error.code);
      answer();
    });
  });
});
