// A session that the server has given out shortens the next greeting.
const tls = require('tls');
const { file, pair, log, listen, stop, closed } = require('../keys');

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    let reused = [];
    const server = tls.createServer({ ...pair('local'), maxVersion }, (socket) => {
      reused.push(socket.isSessionReused());
      socket.end('hello');
    });
    const port = await listen(server);
    let session;
    for (const isFirst of [true, false]) {
      const client = tls.connect({ port, host: 'localhost', ca: file('local.crt'), session });
      let count = 0;
      client.on('session', (bytes) => {
        session = bytes;
        if (isFirst) count++;
      });
      client.on('secureConnect', () => log(maxVersion, client.isSessionReused(), client.authorized));
      client.resume();
      await closed(client);
      log(count, Buffer.isBuffer(session));
    }
    log(reused);
    await stop(server);
    // Another server does not know it, and that is no harm.
    const other = tls.createServer({ ...pair('local'), maxVersion }, (socket) => socket.end());
    const stranger = tls.connect({ port: await listen(other), host: 'localhost', ca: file('local.crt'), session });
    stranger.on('secureConnect', () => log('stranger', stranger.isSessionReused(), stranger.authorized));
    stranger.resume();
    await closed(stranger);
    await stop(other);
  }
})();
