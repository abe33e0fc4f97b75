const http = require('http');
const { URL } = require('url');
const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, `http://${req.headers.host}`);
  if (req.method === 'POST' && url.pathname === '/json') {
    const chunks = [];
    for await (const c of req) chunks.push(c);
    try {
      const data = JSON.parse(Buffer.concat(chunks));
      res.writeHead(201, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ got: data, q: Object.fromEntries(url.searchParams) }));
    } catch (e) {
      res.writeHead(400, 'Bad JSON').end(e.name);
    }
  } else if (url.pathname === '/chunks') {
    res.write('a');
    setTimeout(() => {
      res.write('b');
      res.addTrailers({ 'X-T': 'end' });
      res.end();
    }, 5);
  } else if (url.pathname === '/cookies') {
    res.setHeader('Set-Cookie', ['a=1', 'b=2']);
    res.appendHeader?.('X-A', '1');
    res.statusCode = 204;
    res.end();
  } else if (url.pathname === '/throw') {
    try {
      res.setHeader('bad name', 1);
    } catch (e) {
      res.end(e.code);
    }
  } else if (url.pathname === '/twice') {
    res.end('one');
    try {
      res.setHeader('X', 1);
    } catch (e) {
      console.log(e.code, e.message);
    }
    res.write('more', (e) => console.log('write after end', e?.code));
    res.on('error', (e) => console.log('res error', e.code));
  } else {
    res.writeHead(404, { 'X-Why': 'none' });
    res.end('Not found');
  }
});
function ask(method, path, body, headers) {
  return new Promise((resolve) => {
    const r = http.request({ port: server.address().port, method, path, headers }, async (res) => {
      let b = '';
      for await (const c of res.setEncoding('utf8')) b += c;
      delete res.headers.date;
      resolve([res.statusCode, res.statusMessage, res.headers, b, res.trailers]);
    });
    r.end(body);
  });
}
server.listen(0, async () => {
  console.log(await ask('POST', '/json?x=1&y=2', '{"a":[1,2]}'));
  console.log(await ask('POST', '/json', '{bad'));
  console.log(await ask('GET', '/chunks'));
  console.log(await ask('GET', '/cookies'));
  console.log(await ask('GET', '/throw'));
  console.log(await ask('GET', '/twice'));
  console.log(await ask('DELETE', '/nothing', null, { 'X-Custom': 'y' }));
  console.log(await ask('HEAD', '/'));
  console.log(
    http.STATUS_CODES[418],
    http.METHODS.length,
    http.maxHeaderSize,
    http.globalAgent.maxSockets,
    server.timeout,
    server.requestTimeout,
    server.headersTimeout,
    server.keepAliveTimeout
  );
  server.close(() => console.log('closed', server.listening));
  server.closeAllConnections();
});
