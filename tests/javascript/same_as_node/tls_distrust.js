// Who is not to be trusted, and why: the client says it by an error with a code, or goes on and keeps the reason.
const tls = require('tls');
const { file, pair, log, closed, listen, stop } = require('../keys');

async function meet(identity, options, cert = identity) {
  const server = tls.createServer({ key: file(`${identity}.key`), cert: file(`${cert}.crt`) }, (socket) => socket.end('hello'));
  server.on('tlsClientError', () => {});
  const client = tls.connect({ port: await listen(server), ...options });
  client.on('secureConnect', () => log('secure', client.authorized, client.authorizationError, client.servername));
  client.on('error', (error) => log(error, Object.keys(error), client.authorized, client.authorizationError));
  client.on('data', (data) => log(String(data)));
  await closed(client);
  await stop(server);
}

(async () => {
  const ca = file('local.crt');
  const root = file('root.crt');
  await meet('local', {});
  await meet('local', { ca });
  await meet('local', { ca: [String(root), ca] });
  await meet('local', { ca: `${root}${ca}` });
  await meet('local', { rejectUnauthorized: false });
  await meet('local', { ca, servername: 'other.test' });
  await meet('local', { ca, servername: 'other.test', rejectUnauthorized: false });
  await meet('local', { ca, servername: 'a.example.org' });
  await meet('local', { ca, host: '127.0.0.1' });
  await meet('local', { ca: root });
  await meet('other', { ca });
  await meet('expired', { ca: file('expired.crt') });
  await meet('leaf', { ca: root });
  await meet('leaf', { ca: root }, 'leaf_chain');
  await meet('leaf', {}, 'leaf_chain');
  await meet('leaf', { ca: [root, file('middle.crt')] });
  await meet('client', { ca: root, servername: 'client' });
  await meet('local', { ca, checkServerIdentity: (host, { subject }) => { log('asked', host, subject.CN); } , servername: 'whoever' });
  await meet('local', { ca, checkServerIdentity: () => new Error('not that one') });
  await meet('local', { ca, rejectUnauthorized: false, checkServerIdentity: () => new RangeError('not that one') });
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';
  await meet('local', {});
})();
