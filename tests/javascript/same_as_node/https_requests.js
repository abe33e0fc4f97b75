// Requests over TLS: ways to make them, what the server sees, bodies in both directions, and what goes wrong.
const http = require('http');
const https = require('https');
const tls = require('tls');
const { file, pair, log, refuse, listen, stop, textOf } = require('../keys');

const get = (...values) => new Promise((resolve, reject) => https.get(...values, resolve).on('error', reject));

(async () => {
  const ca = file('local.crt');
  console.log(Object.keys(https).sort().join(), https.globalAgent.defaultPort, https.globalAgent.protocol, https.globalAgent.maxCachedSessions,
              https.globalAgent instanceof http.Agent, https.globalAgent instanceof https.Agent);
  const server = https.createServer(pair('local'), async (request, response) => {
    const { socket, headers, url, method, httpVersion } = request;
    response.setHeader('X-Host', headers.host.replace(/\d+$/, 'PORT'));
    if (url === '/echo') return request.pipe(response);
    if (url === '/pieces') {
      for (let i = 0; i < 3; i++) {
        response.write(`piece ${i} `);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return response.end('end');
    }
    response.end(`${method} ${url} ${httpVersion} ${socket.encrypted} ${socket.getProtocol()} ${socket.servername} ${headers.authorization}`);
  });
  console.log(server instanceof tls.Server, server instanceof https.Server, server.keepAliveTimeout, server.timeout, server.requestTimeout);
  server.on('clientError', (error) => log('clientError', error.code));
  server.on('tlsClientError', (error) => log('tlsClientError', error.code));
  server.on('secureConnection', (socket) => log('secure', socket.servername));
  const port = await listen(server);
  const url = `https://localhost:${port}`;

  let answer = await get(`${url}/a?b=c`, { ca });
  console.log(answer.statusCode, answer.headers['x-host'], answer.headers.connection, await textOf(answer), answer.socket.authorized);
  answer = await get(new URL(`https://user:pass@localhost:${port}/url`), { ca });
  console.log(await textOf(answer));
  answer = await get({ host: 'localhost', port, path: '/pieces', ca });
  console.log(answer.headers['transfer-encoding'], await textOf(answer));
  answer = await get({ hostname: '127.0.0.1', port, ca });
  console.log(await textOf(answer), answer.headers['x-host']);
  answer = await get({ hostname: '127.0.0.1', port, ca, headers: { host: 'localhost' } });
  console.log(await textOf(answer), answer.headers['x-host']);
  answer = await get(url, { rejectUnauthorized: false });
  console.log(await textOf(answer), answer.socket.authorized, answer.socket.authorizationError);

  const post = https.request(`${url}/echo`, { ca, method: 'POST' });
  const answered = new Promise((resolve) => post.on('response', resolve));
  post.write('x'.repeat(300_000));
  post.end('end');
  const echoed = await textOf(await answered);
  console.log(echoed.length, echoed.slice(-4));

  // Without a length the connection's end is the body's; what was announced has to come.
  for (const head of ['HTTP/1.0 200 OK', 'HTTP/1.1 200 OK\r\nContent-Length: 100', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked']) {
    const old = tls.createServer(pair('local'), (socket) => socket.once('data', () => socket.end(`${head}\r\n\r\n4\r\nbody`)));
    const short = await get({ host: 'localhost', port: await listen(old), ca });
    console.log(short.statusCode, await textOf(short).catch((error) => error.code), short.complete);
    await stop(old);
  }

  await get(url).catch(log);
  await get({ host: '127.0.0.1', port, ca, servername: 'other.test' }).catch(log);
  refuse(() => https.get('http://localhost'));
  refuse(() => http.get('https://localhost'));
  await new Promise((resolve) => http.get(`http://localhost:${port}`).on('error', (error) => { log(error); resolve(); }));
  const plainly = http.createServer((request, response) => response.end());
  await get(`https://localhost:${await listen(plainly)}`).catch(({ code, syscall }) => log(code, syscall));
  await stop(plainly);
  await get({ host: 'localhost', port, ca, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }).catch(({ code, syscall }) => log(code, syscall));
  await stop(server);
  console.log('closed');
})();
