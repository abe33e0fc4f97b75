// createSecureContext(): what it takes and what it refuses; keys in several forms, and a context that is changed.
const tls = require('tls');
const { file, pair, log, refuse, listen, stop, textOf, closed } = require('../keys');

async function greet(options, ca, servername = 'localhost') {
  const server = tls.createServer(options, (socket) => socket.end('hello'));
  log(await textOf(tls.connect({ port: await listen(server), ca, servername, checkServerIdentity() {} })));
  await stop(server);
}

(async () => {
  refuse(() => tls.createSecureContext({ cert: 'no certificate' }));
  refuse(() => tls.createSecureContext({ key: 'no key' }));
  refuse(() => tls.createSecureContext({ cert: 5 }));
  refuse(() => tls.createSecureContext({ key: 5 }));
  refuse(() => tls.createSecureContext({ ca: 5 }));
  refuse(() => tls.createSecureContext({ ciphers: 'no such cipher' }));
  refuse(() => tls.createSecureContext({ minVersion: 'SSLv9' }));
  refuse(() => tls.createSecureContext({ maxVersion: 'SSLv9' }));
  refuse(() => tls.createSecureContext({ minVersion: 'TLSv1.2', secureProtocol: 'TLSv1_2_method' }));
  refuse(() => tls.createSecureContext({ ecdhCurve: 'no such curve' }));
  refuse(() => tls.createSecureContext({ key: file('other.key'), cert: file('local.crt') }));
  refuse(() => tls.createSecureContext({ ca: 'nothing to trust' }) instanceof tls.SecureContext);
  refuse(() => tls.createServer({ cert: 'no certificate' }));
  refuse(() => tls.connect({ port: 1, key: 'no key' }));

  await greet(pair('rsa'), file('rsa.crt'));
  await greet({ key: String(file('local.key')), cert: [String(file('local.crt'))] }, [file('local.crt')]);
  await greet({ key: file('rsa_encrypted.key'), passphrase: 'secret', cert: file('rsa.crt') }, file('rsa.crt'));
  await greet({ key: [{ pem: file('rsa_pkcs8_encrypted.key'), passphrase: 'secret' }], cert: file('rsa.crt') }, file('rsa.crt'));
  await greet({ secureContext: undefined, ...pair('leaf'), cert: `${file('leaf.crt')}${file('middle.crt')}` }, file('root.crt'));
  refuse(() => tls.createSecureContext({ key: file('rsa_encrypted.key'), passphrase: 'wrong', cert: file('rsa.crt') }));

  const server = tls.createServer(pair('local'), (socket) => socket.end());
  const port = await listen(server);
  for (const name of ['local', 'other']) {
    server.setSecureContext(pair(name));
    const client = tls.connect({ port, rejectUnauthorized: false }, () => log(client.getPeerCertificate().subject.CN));
    client.resume();
    await closed(client);
  }
  await stop(server);

  // Without a certificate there is nothing to show.
  const bare = tls.createServer({}, () => {});
  bare.on('tlsClientError', (error) => log('server:', error));
  const client = tls.connect({ port: await listen(bare), rejectUnauthorized: false });
  client.on('error', (error) => log('client:', error));
  await closed(client);
  await stop(bare);

  const shared = tls.createSecureContext({ ca: file('local.crt') });
  const both = tls.createServer(pair('local'), (socket) => socket.end('shared'));
  const options = { port: await listen(both), host: 'localhost', secureContext: shared };
  log(await Promise.all([textOf(tls.connect(options)), textOf(tls.connect(options))]));
  await stop(both);
})();
