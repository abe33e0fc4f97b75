// A server that wants to know who comes: none, one that it trusts, one that it does not; in both versions.
const tls = require('tls');
const { file, pair, log, closed, listen, stop } = require('../keys');

async function meet(serverOptions, clientOptions) {
  log('--');
  const server = tls.createServer({ ...pair('local'), requestCert: true, ...serverOptions }, (socket) => {
    log('server:', socket.authorized, socket.authorizationError, socket.getPeerCertificate().subject?.CN);
    socket.end('welcome');
  });
  const refused = new Promise((resolve) => server.on('tlsClientError', (error) => resolve(['refused:', error])));
  const client = tls.connect({ port: await listen(server), ca: file('local.crt'), ...clientOptions });
  let [greeting, wrong] = ['', undefined];
  client.on('secureConnect', () => { greeting = `client: ${client.authorized} ${client.getCertificate()?.subject?.CN}`; });
  client.on('error', (error) => { wrong = error.code; });
  let heard = '';
  client.on('data', (data) => { heard += data; });
  const isHeard = new Promise((resolve) => client.on('end', () => resolve([])));
  await closed(client);
  log(greeting, wrong, heard, ...heard === '' ? await refused : await isHeard);
  await stop(server);
}

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const ca = file('root.crt');
    await meet({ maxVersion, ca }, {});
    await meet({ maxVersion, ca, rejectUnauthorized: false }, {});
    await meet({ maxVersion, ca }, pair('client'));
    await meet({ maxVersion }, pair('client'));
    await meet({ maxVersion, rejectUnauthorized: false }, pair('client'));
    await meet({ maxVersion, ca, rejectUnauthorized: false }, pair('other'));
    await meet({ maxVersion, ca, requestCert: false }, pair('client'));
  }
})();
