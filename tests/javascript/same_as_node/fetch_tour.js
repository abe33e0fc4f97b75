// fetch() against a server of the same program: what goes out, what comes back, redirects, errors.
const http = require('http');
const zlib = require('zlib');

const routes = {
  '/json': (request, response) => { response.setHeader('Content-Type', 'application/json'); response.end('{"a":[1,2]}'); },
  '/moved': (request, response) => { response.writeHead(302, { Location: '/json' }); response.end(); },
  '/other': (request, response) => { response.writeHead(303, { Location: '/echo' }); response.end(); },
  '/again': (request, response) => { response.writeHead(307, { Location: '/echo' }); response.end('not here'); },
  '/forever': (request, response) => { response.writeHead(301, { Location: '/forever' }); response.end(); },
  '/gzip': (request, response) => { response.setHeader('Content-Encoding', 'gzip'); response.end(zlib.gzipSync('compressed '.repeat(1000))); },
  '/empty': (request, response) => { response.writeHead(204); response.end(); },
  '/missing': (request, response) => { response.writeHead(404); response.end('no such page'); },
  '/pieces': (request, response) => {
    let left = 5;
    const timer = setInterval(() => {
      if (left-- > 0) return response.write(`piece ${left};`);
      clearInterval(timer);
      response.end();
    }, 2);
  },
  '/slow': (request, response) => { response.write('begun'); },
  '/cookies': (request, response) => { response.setHeader('X-Two', ['one', 'two']); response.end(); },
  '/echo': (request, response) => {
    let body = '';
    request.on('data', (bytes) => { body += bytes; });
    request.on('end', () => {
      const { host, ...headers } = request.headers;
      response.end(JSON.stringify({ method: request.method, headers, body }));
    });
  },
};

async function tell(name, action) {
  try {
    console.log(name, await action());
  } catch (error) {
    console.log(name, 'failed:', error.name, error.message, error.cause?.code ?? error.cause?.message);
  }
}

const server = http.createServer((request, response) => routes[new URL(request.url, 'http://x').pathname](request, response));
server.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const seen = ({ status, statusText, ok, redirected, type, url }) => [status, statusText, ok, redirected, type, url.replace(base, '')];
  await tell('json', async () => (await fetch(`${base}/json`)).json());
  await tell('seen', async () => seen(await fetch(`${base}/json#part`)));
  await tell('moved', async () => seen(await fetch(`${base}/moved`)));
  await tell('moved, by hand', async () => { const answer = await fetch(`${base}/moved`, { redirect: 'manual' }); return [answer.status, answer.headers.get('location')]; });
  await tell('moved, an error', () => fetch(`${base}/moved`, { redirect: 'error' }));
  await tell('other', async () => (await fetch(`${base}/other`, { method: 'POST', body: 'text' })).json());
  await tell('again', async () => (await fetch(`${base}/again`, { method: 'POST', body: 'text' })).json());
  await tell('forever', () => fetch(`${base}/forever`));
  await tell('gzip', async () => (await (await fetch(`${base}/gzip`)).text()).length);
  await tell('empty', async () => { const answer = await fetch(`${base}/empty`); return [answer.status, answer.body, await answer.text()]; });
  await tell('missing', async () => { const answer = await fetch(`${base}/missing`); return [answer.ok, answer.status, await answer.text()]; });
  await tell('no json', async () => (await fetch(`${base}/missing`)).json().catch((error) => error.name));
  await tell('two lines', async () => (await fetch(`${base}/cookies`)).headers.get('x-two'));
  await tell('sent', async () => (await fetch(`${base}/echo`, { method: 'put', headers: { 'X-Own': 'value' }, body: new URLSearchParams({ a: 'b c' }) })).json());
  await tell('bytes', async () => (await fetch(`${base}/echo`, { method: 'POST', body: new Uint8Array([65, 66]) })).json());
  await tell('stream', async () => {
    const body = new ReadableStream({ start(controller) { controller.enqueue(Buffer.from('streamed')); controller.close(); } });
    return (await fetch(new Request(`${base}/echo`, { method: 'POST', body, duplex: 'half' }))).json();
  });
  await tell('pieces', async () => {
    let text = '';
    for await (const piece of (await fetch(`${base}/pieces`)).body) text += Buffer.from(piece);
    return text;
  });
  await tell('reader', async () => {
    const reader = (await fetch(`${base}/json`)).body.pipeThrough(new TextDecoderStream()).getReader();
    return [await reader.read(), await reader.read()];
  });
  await tell('copied', async () => {
    const answer = await fetch(`${base}/json`);
    const copy = answer.clone();
    return [await answer.text(), await copy.json(), answer.bodyUsed, copy.bodyUsed];
  });
  await tell('twice', async () => { const answer = await fetch(`${base}/json`); await answer.text(); return answer.text(); });
  await tell('aborted before', () => fetch(`${base}/json`, { signal: AbortSignal.abort() }));
  await tell('aborted with a reason', () => fetch(`${base}/json`, { signal: AbortSignal.abort(new RangeError('mine')) }));
  await tell('aborted while it comes', async () => {
    const controller = new AbortController();
    const answer = await fetch(`${base}/slow`, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    return answer.text();
  });
  await tell('too slow', async () => (await fetch(`${base}/slow`, { signal: AbortSignal.timeout(500) })).text());
  await tell('not an address', () => fetch('/json'));
  await tell('bad port', () => fetch('http://127.0.0.1:1/'));
  await tell('body of a GET', () => fetch(base, { body: 'x' }));
  await tell('data', async () => { const answer = await fetch('data:text/html;base64,PGI+'); return [answer.headers.get('content-type'), await answer.text()]; });
  server.close();
  server.closeAllConnections();
  const probe = require('net').createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => tell('nobody there', () => fetch(`http://127.0.0.1:${port}/`)));
  });
});
