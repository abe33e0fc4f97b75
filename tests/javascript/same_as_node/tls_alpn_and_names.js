// What is agreed on in the greeting: protocols by ALPN, contexts by the name that the client asks for.
const tls = require('tls');
const { file, pair, log, closed, listen, stop, textOf } = require('../keys');

async function meet(server, options) {
  const client = tls.connect({ port: server.address().port, rejectUnauthorized: false, ...options });
  client.on('secureConnect', () => log('client:', client.alpnProtocol, client.servername, client.getPeerCertificate().subject.CN));
  client.on('error', (error) => log('client:', error));
  let heard = '';
  client.on('data', (data) => { heard += data; });
  await closed(client);
  log(heard);
}
const hello = (socket) => socket.end(`${socket.alpnProtocol} ${socket.servername}`);

(async () => {
  for (const [ours, theirs] of [[['a'], ['b']], [['a'], undefined], [undefined, ['a']], [['a', 'b'], ['b', 'a']], [['h2', 'http/1.1'], ['http/1.1']]]) {
    const server = tls.createServer({ ...pair('local'), ALPNProtocols: ours }, hello);
    await listen(server);
    await meet(server, { ALPNProtocols: theirs });
    await stop(server);
  }
  const out = {};
  tls.convertALPNProtocols(['one', 'three'], out);
  log(out.ALPNProtocols.toString('latin1').split('').map((c) => c < ' ' ? c.charCodeAt(0) : c).join(''));

  const named = tls.createServer(pair('local'), hello);
  named.addContext('other.test', pair('other'));
  named.addContext('*.star.test', tls.createSecureContext(pair('star')));
  await listen(named);
  for (const servername of ['other.test', 'OTHER.test', 'x.star.test', 'x.y.star.test', 'star.test', 'unknown.test', undefined])
    await meet(named, { servername });
  await stop(named);

  const asked = tls.createServer({ ...pair('local'), SNICallback(name, callback) {
    log('asked for', name);
    if (name === 'none') setImmediate(callback, null, null);
    else if (name === 'wrong') callback(new Error('no such name'));
    else if (name === 'later') setTimeout(callback, 10, null, tls.createSecureContext(pair('star')));
    else callback(null, tls.createSecureContext(pair('other')));
  } }, hello);
  asked.on('tlsClientError', (error) => log('server:', error));
  await listen(asked);
  for (const servername of ['other.test', 'none', 'later', 'wrong']) await meet(asked, { servername });
  await meet(asked, { host: '127.0.0.1' });
  await stop(asked);
})();
