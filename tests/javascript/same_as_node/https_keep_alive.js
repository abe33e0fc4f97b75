// Agents over TLS: connections that serve several requests, those who wait, and sessions that are used again.
const https = require('https');
const { file, pair, log, listen, stop, textOf, closed } = require('../keys');

const get = (...values) => new Promise((resolve, reject) => https.get(...values, resolve).on('error', reject));
const plainName = (name) => name.replace(/:\d{4,5}:/, ':PORT:').replace(/-----.*-----\n/s, 'PEM');

(async () => {
  const ca = file('local.crt');
  const connections = new Set();
  let reused = 0;
  const server = https.createServer(pair('local'), (request, response) => {
    connections.add(request.socket);
    response.end(request.url);
  });
  server.on('secureConnection', (socket) => { reused += socket.isSessionReused(); });
  const port = await listen(server);
  const url = (path) => `https://localhost:${port}${path}`;

  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca });
  for (const path of ['/one', '/two', '/three']) {
    const answer = await get(url(path), { agent });
    console.log(await textOf(answer), answer.headers.connection, answer.req.reusedSocket);
    await new Promise((resolve) => setImmediate(resolve));
  }
  console.log((await Promise.all(['/a', '/b', '/c'].map(async (path) => textOf(await get(url(path), { agent }))))).join(), connections.size);
  await new Promise((resolve) => setImmediate(resolve));
  console.log(Object.keys(agent.freeSockets).map(plainName), Object.keys(agent.sockets).length);
  agent.destroy();

  connections.clear();
  const passing = new https.Agent({ ca });
  for (const path of ['/x', '/y']) {
    const answer = await get(url(path), { agent: passing });
    const gone = closed(answer.socket);
    console.log(await textOf(answer), answer.headers.connection, answer.req.reusedSocket);
    await gone;
  }
  console.log(connections.size, 'sessions used again:', reused);

  console.log(await textOf(await get(url('/own'), { agent: false, ca })));
  console.log(await textOf(await get(url('/made'), { createConnection: ({ host, port: wanted }) => require('tls').connect({ host, port: wanted, ca }), agent: undefined })));
  console.log(JSON.stringify(new https.Agent().getName({ host: 'h', port: 1, rejectUnauthorized: false, servername: 's', ca: 'x' })));
  console.log(JSON.stringify(new https.Agent().getName()), new https.Agent({ maxCachedSessions: 5 }).maxCachedSessions);

  // Idle ones go when the server closes.
  const patient = new https.Agent({ keepAlive: true, ca });
  const answer = await get(url('/last'), { agent: patient });
  const gone = closed(answer.socket);
  console.log(await textOf(answer));
  server.close(() => console.log('server closed'));
  server.closeIdleConnections();
  await gone;
  console.log('connection closed');
})();
