const http = require('http');
let connections = 0;
const server = http.createServer((req, res) => {
  res.setHeader('X-Path', req.url);
  if (req.url === '/slow') return;
  res.end(`${req.method} ${req.url}`);
});
server.on('connection', () => connections++);
server.keepAliveTimeout = 1000;
server.listen(0, async () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path, options = {}) =>
    new Promise((resolve, reject) => {
      const req = http.get({ port, path, agent, ...options }, (res) => {
        let b = '';
        res.setEncoding('utf8');
        res
          .on('data', (d) => (b += d))
          .on('end', () => resolve([res.statusCode, res.headers['x-path'], b, req.reusedSocket]));
      });
      req.on('error', reject);
      req.on('timeout', () => {
        console.log('timeout event');
        req.destroy(new Error('too slow'));
      });
    });
  console.log(await get('/1'));
  console.log(await get('/2'));
  console.log(await Promise.all([get('/3'), get('/4'), get('/5')]));
  console.log(
    'connections',
    connections,
    Object.keys(agent.freeSockets).length,
    Object.keys(agent.sockets).length,
    Object.keys(agent.requests).length
  );
  await get('/slow', { timeout: 30 }).catch((e) => console.log('error', e.message));
  const ac = new AbortController();
  setTimeout(() => ac.abort(), 10);
  await get('/slow', { signal: ac.signal, agent: undefined }).catch((e) => console.log(e.name, e.code));
  const req = http.request(
    { port, method: 'POST', path: '/post', headers: { 'Content-Type': 'text/plain' } },
    (res) => {
      console.log(res.statusCode, res.httpVersion, res.complete, Object.keys(res.headers));
      res.resume();
      res.on('end', () => {
        console.log('end', res.complete);
        agent.destroy();
        server.close(() => console.log('closed'));
      });
    }
  );
  console.log(
    req.getHeader('content-type'),
    req.hasHeader('Host'),
    req.getHeaderNames(),
    req.path,
    req.method,
    req.host,
    req.protocol
  );
  req.write('a');
  req.end('b');
});
http.get({ port: 1 }).on('error', (e) => console.log(e.code, e.syscall, e.address, e.port));
