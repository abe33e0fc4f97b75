// Versions, ciphers and curves that both sides have to agree on.
const tls = require('tls');
const { file, pair, log, closed, listen, stop } = require('../keys');

async function meet(serverOptions, clientOptions) {
  const server = tls.createServer({ ...pair('local'), ...serverOptions }, (socket) => socket.end());
  const refused = new Promise((resolve) => server.on('tlsClientError', (error) => resolve(error)));
  const client = tls.connect({ port: await listen(server), ca: file('local.crt'), ...clientOptions });
  let isSecure = false;
  client.on('secureConnect', () => {
    isSecure = true;
    log(client.getProtocol(), client.getCipher(), client.getEphemeralKeyInfo());
  });
  client.on('error', (error) => log('client:', error, error.library, error.reason));
  client.resume();
  await closed(client);
  if (!isSecure) log('server:', await refused);
  await stop(server);
}

(async () => {
  await meet({}, {});
  await meet({ maxVersion: 'TLSv1.2' }, {});
  await meet({}, { maxVersion: 'TLSv1.2' });
  await meet({ minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' });
  await meet({ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' });
  await meet({ secureProtocol: 'TLSv1_2_method' }, {});
  const older = { maxVersion: 'TLSv1.2' };
  await meet({ ...older, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }, {});
  await meet({ ...older, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }, { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' });
  await meet({ ciphers: 'TLS_CHACHA20_POLY1305_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256' }, {});
  await meet(older, { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256' });
  await meet({ ...older, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384', honorCipherOrder: true },
             { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256' });
  await meet({ ecdhCurve: 'P-384' }, {});
  await meet({ ecdhCurve: 'P-384:P-256' }, { ecdhCurve: 'P-256' });
  await meet({ ecdhCurve: 'P-384' }, { ecdhCurve: 'P-256' });
  await meet({}, { sigalgs: 'ecdsa_secp256r1_sha256' });
  await meet({}, { sigalgs: 'rsa_pss_rsae_sha256' });
  log(tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_ECDH_CURVE, tls.DEFAULT_CIPHERS, tls.CLIENT_RENEG_LIMIT);
})();
