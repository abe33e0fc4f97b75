// What a server puts on the wire, for each way of answering and each kind of request.
const http = require('http'), net = require('net');

const answers = {
  '/end': (response) => response.end('hé'),
  '/empty': (response) => response.end(),
  '/bytes': (response) => response.end(Buffer.from('xyz')),
  '/pieces': (response) => { response.write('a'); response.write(Buffer.from('b')); response.end('c'); },
  '/head': (response) => { response.writeHead(201, 'Yes', { 'X-A': '1', 'Set-Cookie': ['a=1', 'b=2'] }); response.end(); },
  '/headThenEnd': (response) => { response.writeHead(200, ['A', '1', 'B', '2']); response.end('x'); },
  '/nothing': (response) => { response.statusCode = 204; response.end(); },
  '/trailers': (response) => { response.setHeader('Trailer', 'T'); response.write('q'); response.addTrailers({ T: 'v' }); response.end(); },
  '/length': (response) => { response.setHeader('Content-Length', 3); response.write('ab'); response.end('c'); },
  '/close': (response) => { response.setHeader('Connection', 'close'); response.end('x'); },
  '/latin1': (response) => { response.setHeader('X-L', 'caf\xe9'); response.end('ab', 'latin1'); },
};
const requests = [
  ...Object.keys(answers).map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
  'HEAD /end HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /end HTTP/1.0\r\n\r\n',
  'GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'GET /pieces HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'GET /end HTTP/1.1\r\nHost: x\r\nTwo: a\r\nTwo: b\r\nCookie: a\r\nCookie: b\r\nHost: y\r\nE:\r\n\r\n',
  'POST /end HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n',
  'POST /end HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc',
  'GET /end HTTP/1.1\r\nHost: x\r\nExpect: what\r\n\r\n',
  'GET /end HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n',
  'NONSENSE / HTTP/1.1\r\n\r\n',
  'GET /end HTTP/1.1\r\nBad Name: x\r\n\r\n',
  `GET /end HTTP/1.1\r\nA: ${'x'.repeat(20000)}\r\n\r\n`,
  'GET /end HTTP/1.1\r\nHost: x\r\n\r\nGET /pieces HTTP/1.1\r\nHost: x\r\n\r\nGET /close HTTP/1.1\r\nHost: x\r\n\r\n',
];

const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (bytes) => { body += bytes; });
  request.on('end', () => {
    console.log(request.method, request.url, request.httpVersion, request.headers, request.rawHeaders,
                body, request.trailers, request.complete);
    answers[request.url](response);
    console.log(response.headersSent, response.writableEnded);
  });
});

// One after the other: each is over when the last byte of the answer has come.
function ask(at) {
  if (at === requests.length) return server.close(() => console.log('closed'));
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '', quiet;
  socket.on('data', (bytes) => {
    answer += bytes;
    clearTimeout(quiet);
    quiet = setTimeout(() => socket.end(), 30);
  });
  socket.on('end', () => socket.end());
  socket.on('close', () => {
    clearTimeout(quiet);
    console.log(JSON.stringify(answer.replace(/Date: [^\r]*/g, 'Date: now')));
    ask(at + 1);
  });
  socket.write(requests[at]);
}
server.listen(0, '127.0.0.1', () => ask(0));
