// HTTP/2 over TLS: a hundred streams on one connection, a large body both ways, a ping, a reset stream.
//
// expect:
//   100 streams, 100 right
//   echoed 2097152 bytes
//   pinged: true
//   reset: NGHTTP2_CANCEL
//   sessions: 1
//   closed
const http2 = require('http2');
const fs = require('fs');
const tls = process.env.DROPIN_TLS;
const key = fs.readFileSync(`${tls}/key.pem`);
const cert = fs.readFileSync(`${tls}/cert.pem`);
const server = http2.createSecureServer({ key, cert });
let sessions = 0;
server.on('session', () => sessions++);
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (headers[':path'] === '/reset') { stream.close(http2.constants.NGHTTP2_CANCEL); return; }
  stream.respond({ ':status': 200, 'x-path': headers[':path'] });
  stream.pipe(stream);
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`https://localhost:${server.address().port}`, { ca: cert, family: 4 });
  const ask = (path, body) => new Promise((resolve, reject) => {
    const stream = client.request({ ':path': path, ':method': 'POST' });
    const parts = [];
    let answered = '';
    stream.on('response', (headers) => { answered = headers['x-path']; });
    stream.on('data', (data) => parts.push(data));
    stream.on('error', reject);
    stream.on('close', () => resolve({ path: answered, body: Buffer.concat(parts), code: stream.rstCode }));
    stream.end(body);
  });
  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => ask(`/${index}`, `body ${index}`)));
  const right = answers.filter(({ path, body }, index) => path === `/${index}` && `${body}` === `body ${index}`);
  console.log(`100 streams, ${right.length} right`);
  console.log(`echoed ${(await ask('/large', Buffer.alloc(2 << 20))).body.length} bytes`);
  await new Promise((resolve) => client.ping((error, took) => {
    console.log(`pinged: ${!error && took >= 0}`);
    resolve();
  }));
  const reset = await ask('/reset', '').catch((error) => error);
  console.log(`reset: ${reset.code === 8 || /CANCEL/.test(reset.message) ? 'NGHTTP2_CANCEL' : reset.code}`);
  console.log(`sessions: ${sessions}`);
  client.close(() => server.close(() => console.log('closed')));
});
