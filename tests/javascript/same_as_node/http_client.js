// Requests of every kind, to a server of one's own: methods, bodies, an Agent, errors.
const http = require('http');

const server = http.createServer((request, response) => {
  const chunks = [];
  request.on('data', (bytes) => chunks.push(bytes));
  request.on('end', () => {
    const { method, url, headers } = request;
    delete headers.host;
    if (url === '/hangup') return request.socket.destroy();
    if (url === '/half') { response.setHeader('Content-Length', 10); response.write('half'); setTimeout(() => request.socket.destroy(), 20); return; }
    response.setHeader('X-Port', 'p');
    response.end(JSON.stringify({ method, url, headers, body: String(Buffer.concat(chunks)).slice(0, 50), size: Buffer.concat(chunks).length }));
  });
});

function tell(request) {
  return new Promise((resolve) => {
    request.on('response', (response) => {
      const { date, ...headers } = response.headers;
      console.log('response', response.statusCode, response.statusMessage, headers);
      response.setEncoding('utf8');
      response.on('data', (text) => console.log(text));
      response.on('end', () => console.log('end', response.complete));
      response.on('aborted', () => console.log('aborted'));
      response.on('error', ({ code, message }) => console.log('response error', code, message));
    });
    request.on('error', ({ code, message }) => console.log('error', code, message.replace(/:\d+$/, '')));
    request.on('close', () => { console.log('close', request.destroyed); resolve(); });
  });
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const make = (options) => http.request({ host: '127.0.0.1', port, ...options });
  const send = (options, ...body) => {
    const request = make(options);
    for (const piece of body.slice(0, -1)) request.write(piece);
    request.end(body.at(-1));
    return tell(request);
  };
  await send({ path: '/get?x=1' });
  await send({ method: 'POST', path: '/post' }, 'body');
  await send({ method: 'POST', headers: { 'X-A': ['1', '2'] } }, 'one', Buffer.from('two'), 'three');
  await send({ method: 'PUT', headers: { 'Content-Length': 4 } }, 'four');
  await send({ method: 'DELETE' });
  await send({ method: 'HEAD' });
  await send({ method: 'POST' }, 'x'.repeat(300000));
  await send({ auth: 'user:secret' });
  await send({ headers: ['A', '1', 'B', '2', 'Host', 'h'] });
  await send({ method: 'POST', headers: { Expect: '100-continue' } }, 'patient');
  await tell(http.get(`http://127.0.0.1:${port}/by/url?q#hash`));
  await tell(http.get(new URL(`http://127.0.0.1:${port}/object`), { headers: { a: 'b' } }));
  await send({ path: '/hangup' });
  await send({ path: '/half' });
  const refused = http.get({ host: '127.0.0.1', port: 1 });
  await tell(refused);
  const aborted = make({ path: '/never' });
  aborted.destroy(new Error('changed my mind'));
  await tell(aborted);
  for (const bad of [{ path: '/a b' }, { method: 'A B' }, { protocol: 'ftp:' }, { headers: { 'a b': 1 } }, { headers: { a: 'x\ny' } }]) {
    try { make(bad); } catch ({ code, name, message }) { console.log(code, name, message); }
  }

  // One socket serves one request after the other; two requests at once wait for it.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  const kept = (path) => {
    const request = make({ agent, path });
    request.on('socket', (socket) => socket.connecting ? socket.once('connect', () => ports.add(socket.localPort)) : ports.add(socket.localPort));
    request.end();
    return tell(request);
  };
  await Promise.all([kept('/first'), kept('/second')]);
  await kept('/third');
  console.log(ports.size, Object.keys(agent.sockets).length, Object.values(agent.freeSockets).map((list) => list.length));
  agent.destroy();
  server.close(() => console.log('closed'));
});
