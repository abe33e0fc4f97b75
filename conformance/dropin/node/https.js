// HTTPS with a certificate that is checked: keep-alive, large bodies, session reuse, and a refusal.
//
// expect:
//   20 answers right
//   echoed 4194304 bytes, equal: true
//   protocol: TLSv1.3
//   untrusted: DEPTH_ZERO_SELF_SIGNED_CERT
//   closed
const https = require('https');
const fs = require('fs');
const tls = process.env.DROPIN_TLS;
const key = fs.readFileSync(`${tls}/key.pem`);
const cert = fs.readFileSync(`${tls}/cert.pem`);
const server = https.createServer({ key, cert }, (request, response) => request.pipe(response));
const ask = (body, options) => new Promise((resolve, reject) => {
  const request = https.request({ host: 'localhost', family: 4, port: server.address().port,
                                  method: 'POST', ...options }, (response) => {
    const parts = [];
    const protocol = response.socket.getProtocol();
    response.on('data', (data) => parts.push(data));
    response.on('end', () => resolve({ body: Buffer.concat(parts), protocol }));
  });
  request.on('error', reject);
  request.end(body);
});
server.listen(0, '127.0.0.1', async () => {
  const agent = new https.Agent({ keepAlive: true, ca: cert, maxSockets: 2 });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(`body ${index}`, { agent })));
  console.log(`${answers.filter(({ body }, index) => `${body}` === `body ${index}`).length} answers right`);
  const large = Buffer.alloc(4 << 20, 'large body');
  const { body, protocol } = await ask(large, { agent });
  console.log(`echoed ${body.length} bytes, equal: ${body.equals(large)}`);
  console.log(`protocol: ${protocol}`);
  await ask('x', { agent: false }).catch((error) => console.log(`untrusted: ${error.code}`));
  agent.destroy();
  server.close(() => console.log('closed'));
});
