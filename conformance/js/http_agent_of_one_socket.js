// An agent with one socket sends one request after the other over it.
//
// expect:
//   request /1
//   response 1 reused: false
//   request /2
//   response 2 reused: false
//   request /3
//   response 3 reused: false
//   sockets 1
//   closed
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const sockets = new Set();
const server = http.createServer((request, response) => {
  sockets.add(request.socket);
  console.log('request', request.url);
  setImmediate(() => response.end());
}).listen(0, '127.0.0.1', () => {
  let left = 3;
  for (let i = 1; i <= 3; i++) {
    const request = http.get({ port: server.address().port, host: '127.0.0.1', agent, path: `/${i}` }, (response) => {
      console.log('response', i, 'reused:', request.reusedSocket);
      response.resume();
      response.on('end', () => {
        if (--left > 0) return;
        console.log('sockets', sockets.size);
        agent.destroy();
        server.close(() => console.log('closed'));
      });
    });
  }
});
