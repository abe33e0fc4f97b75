// One side says its last word before the other; what is written before the greeting is over waits for it.
const tls = require('tls');
const { file, pair, log, listen, stop, closed } = require('../keys');

const connect = (port, options, then) => tls.connect({ port, host: 'localhost', ca: file('local.crt'), ...options }, then);

(async () => {
  const server = tls.createServer({ ...pair('local'), allowHalfOpen: true }, (socket) => {
    socket.on('data', (data) => log('server got', String(data)));
    socket.on('end', () => {
      log('server heard the end');
      socket.write('one ');
      setTimeout(() => socket.end('two'), 20);
    });
  });
  const client = connect(await listen(server), { allowHalfOpen: true }, () => client.end('request'));
  let heard = '';
  client.on('data', (data) => { heard += data; });
  client.on('end', () => log('client heard', heard, client.writableEnded));
  log('closed', await closed(client));
  await stop(server);

  const early = tls.createServer({ ...pair('local'), allowHalfOpen: true }, (socket) => {
    let all = '';
    socket.on('data', (data) => { all += data; });
    socket.on('end', () => socket.end(`all of it: ${all}`));
  });
  const hasty = connect(await listen(early));
  log(hasty.write('before '), hasty.write('the '), hasty.writableLength, hasty.connecting);
  hasty.end('greeting', () => log('all written'));
  hasty.on('data', (data) => log(String(data)));
  hasty.on('end', () => log('end'));
  log('closed', await closed(hasty));
  await stop(early);

  // Without allowHalfOpen the other side's end is one's own.
  const plain = tls.createServer(pair('local'), (socket) => {
    socket.on('end', () => log('server end', socket.writableEnded, socket.allowHalfOpen));
    socket.resume();
  });
  const leaving = connect(await listen(plain), {}, () => leaving.end());
  leaving.on('end', () => log('client end'));
  leaving.resume();
  log('closed', await closed(leaving), leaving.destroyed, leaving.readableEnded);
  await stop(plain);

  const callbacks = tls.createServer(pair('local'), (socket) => socket.pipe(socket));
  const counted = connect(await listen(callbacks));
  await new Promise((resolve) => counted.once('secureConnect', resolve));
  counted.cork();
  for (const text of ['a', 'b', 'c']) counted.write(text, () => log('written', text));
  counted.uncork();
  counted.setEncoding('utf8');
  let back = '';
  counted.on('data', (text) => { back += text; if (back === 'abc') counted.end(); });
  await closed(counted);
  log(back, counted.bytesWritten > 0, counted.bytesRead > 0);
  await stop(callbacks);
})();
