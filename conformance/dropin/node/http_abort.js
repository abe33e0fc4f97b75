// A client that goes away in the middle of an answer is noticed; the server serves the next.
//
// expect:
//   client aborted
//   server noticed: true
//   next answer: still here
//   done
const http = require('http');
let noticed;
const gone = new Promise((resolve) => { noticed = resolve; });
const server = http.createServer((request, response) => {
  if (request.url === '/next') { response.end('still here'); return; }
  response.on('close', () => noticed(!response.writableFinished));
  const filler = Buffer.alloc(65536);
  const more = () => { while (!response.destroyed && response.write(filler)); };
  response.on('drain', more);
  more();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const request = http.get({ host: '127.0.0.1', port, path: '/endless', agent: false }, (response) => {
    response.once('data', () => { request.destroy(); console.log('client aborted'); });
    response.on('error', () => {});
  });
  request.on('error', () => {});
  gone.then((early) => {
    console.log(`server noticed: ${early}`);
    http.get({ host: '127.0.0.1', port, path: '/next', agent: false }, (response) => {
      response.on('data', (data) => console.log(`next answer: ${data}`));
      response.on('end', () => server.close(() => console.log('done')));
    });
  });
});
