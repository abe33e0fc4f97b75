// HTTP/1.1: many requests over one kept-alive connection, then the connection is closed by the agent.
//
// expect:
//   200 requests, 200 answers right
//   connections: 1
//   server closed
const http = require('http');
let connections = 0;
const server = http.createServer((request, response) => {
  response.setHeader('X-Path', request.url);
  response.end(`you asked for ${request.url}`);
});
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let right = 0;
  let done = 0;
  for (let index = 0; index < 200; index++) {
    http.get({ host: '127.0.0.1', port: server.address().port, path: `/${index}`, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data) => { text += data; });
      response.on('end', () => {
        if (text === `you asked for /${index}` && response.headers['x-path'] === `/${index}`) right++;
        if (++done < 200) return;
        console.log(`200 requests, ${right} answers right`);
        console.log(`connections: ${connections}`);
        agent.destroy();
        server.close(() => console.log('server closed'));
      });
    });
  }
});
