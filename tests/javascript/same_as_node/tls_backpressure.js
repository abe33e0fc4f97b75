// Much data in both directions: all of it comes, and who is not read stops writing.
const tls = require('tls');
const { createHash } = require('crypto');
const { pipeline, Transform } = require('stream');
const { file, pair, log, listen, stop, closed } = require('../keys');

const data = Buffer.alloc(6_000_000, 'some text that comes again and again. ');
const sum = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const connect = (port, options) => tls.connect({ port, host: 'localhost', ca: file('local.crt'), ...options });
async function bytesOf(stream) {
  const all = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const echo = tls.createServer({ ...pair('local'), maxVersion, allowHalfOpen: true }, (socket) => socket.pipe(socket));
    const client = connect(await listen(echo));
    client.end(data);
    log('echo', sum(await bytesOf(client)) === sum(data));
    await stop(echo);
  }

  let written = 0;
  const source = tls.createServer(pair('local'), (socket) => {
    const write = () => {
      while (written < data.length) {
        const goesOn = socket.write(data.subarray(written, written += 50_000));
        if (!goesOn) return socket.once('drain', write);
      }
      socket.end();
    };
    write();
  });
  const slow = connect(await listen(source));
  await new Promise((resolve) => slow.once('secureConnect', resolve));
  let before = -1;
  // Until nothing more is taken.
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  log('stopped before the end', written < data.length, slow.readableLength > 0, slow.bytesWritten > 0);
  log('slow', sum(await bytesOf(slow)) === sum(data), written === data.length);
  await stop(source);

  // Pauses and goes on in the middle of what is decrypted already.
  const burst = tls.createServer(pair('local'), (socket) => socket.end(data.subarray(0, 200_000)));
  const hesitant = connect(await listen(burst));
  let count = 0;
  hesitant.on('data', (piece) => {
    count += piece.length;
    hesitant.pause();
    setImmediate(() => hesitant.resume());
  });
  await new Promise((resolve) => hesitant.on('end', resolve));
  log('in steps', count);
  await stop(burst);

  // Through a chain of streams.
  const upper = tls.createServer({ ...pair('local'), allowHalfOpen: true }, (socket) => {
    const shout = new Transform({ transform(piece, encoding, callback) { callback(null, String(piece).toUpperCase()); } });
    pipeline(socket, shout, socket, (error) => log('chain', error ?? 'done'));
  });
  const talker = connect(await listen(upper));
  talker.end(data.subarray(0, 100_000));
  const heard = await bytesOf(talker);
  log(heard.length, heard.subarray(0, 20).toString());
  await stop(upper);
})();
