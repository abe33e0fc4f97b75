// Pipelined requests in one write are answered in their order, though finished in another.
//
// expect:
//   answers: 0 1 2 3 4 5 6 7 8 9
//   closed
const http = require('http');
const net = require('net');
const server = http.createServer((request, response) => {
  const index = Number(request.url.slice(1));
  setTimeout(() => response.end(`<${index}>`), 20 - 2 * index);
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let requests = '';
  for (let index = 0; index < 10; index++) {
    requests += `GET /${index} HTTP/1.1\r\nHost: x\r\n${index === 9 ? 'Connection: close\r\n' : ''}\r\n`;
  }
  client.write(requests);
  let got = '';
  client.on('data', (data) => { got += data; });
  client.on('end', () => {
    console.log(`answers: ${[...got.matchAll(/<(\d+)>/g)].map((found) => found[1]).join(' ')}`);
    server.close(() => console.log('closed'));
  });
});
