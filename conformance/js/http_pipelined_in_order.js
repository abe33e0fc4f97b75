// Answers to pipelined requests go out in the order of the requests, however long each takes.
//
// expect:
//   request /slow
//   request /middle
//   request /fast
//   answer /fast
//   answer /middle
//   answer /slow
//   got /slow /middle /fast
//   closed
const http = require('http');
const net = require('net');
const server = http.createServer((request, response) => {
  console.log('request', request.url);
  const delay = { '/slow': 30, '/middle': 10, '/fast': 0 }[request.url];
  setTimeout(() => { console.log('answer', request.url); response.end(request.url); }, delay);
}).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.write(['/slow', '/middle', '/fast'].map((path, index) =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\n${index === 2 ? 'Connection: close\r\n' : ''}\r\n`).join(''));
  let text = '';
  client.on('data', (bytes) => { text += bytes; });
  client.on('end', () => { console.log('got', text.match(/\/\w+(?=HTTP|$)/g).join(' ')); server.close(() => console.log('closed')); });
});
