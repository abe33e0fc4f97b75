// A small server: routes, bodies, headers, codes, streams.
const http = require('http');
const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://host');
  if (url.pathname === '/json' && request.method === 'POST') { const chunks = []; for await (const chunk of request) chunks.push(chunk); response.writeHead(201, { 'Content-Type': 'application/json' }); response.end(JSON.stringify({ got: JSON.parse(Buffer.concat(chunks)), query: Object.fromEntries(url.searchParams) })); }
  else if (url.pathname === '/stream') { response.setHeader('X-Many', ['a', 'b']); for (const part of ['one ', 'two ', 'three']) { response.write(part); await new Promise(setImmediate); } response.end(); }
  else if (url.pathname === '/redirect') response.writeHead(302, { Location: '/' }).end();
  else { response.statusCode = 404; response.end('nothing here'); }
}).listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true });
  const ask = (path, options = {}, body) => new Promise((resolve, reject) => { const request = http.request({ port, host: '127.0.0.1', path, agent, ...options }, (response) => { let text = ''; response.setEncoding('utf8').on('data', (data) => { text += data; }).on('end', () => { const { date, ...headers } = response.headers; resolve([response.statusCode, response.statusMessage, headers, text, request.reusedSocket]); }); }); request.on('error', reject); request.end(body); });
  console.log(await ask('/json?a=1&b=2', { method: 'POST', headers: { 'Content-Type': 'application/json' } }, '{"x":[1]}'));
  console.log(await ask('/stream')); console.log(await ask('/redirect')); console.log(await ask('/none', { method: 'HEAD' })); console.log(await ask('/none'));
  agent.destroy(); server.close(() => console.log('closed', server.listening));
});
