// Over TLS what ends in the middle: requests that are given up, answers that break off, time limits, upgrades.
const https = require('https');
const { file, pair, log, listen, stop, textOf, closed } = require('../keys');

(async () => {
  const ca = file('local.crt');
  const server = https.createServer(pair('local'), (request, response) => {
    if (request.url === '/half') {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.destroy());
    } else if (request.url === '/quick') {
      response.end('quick');
    }
  });
  const options = { host: 'localhost', port: await listen(server), ca };

  const given = https.get({ ...options, path: '/never' });
  given.on('error', (error) => log('given up:', error));
  given.on('socket', (socket) => socket.on('secureConnect', () => given.destroy()));
  await closed(given);

  const late = https.get({ ...options, path: '/never', timeout: 50 });
  late.on('timeout', () => { log('timeout'); late.destroy(new Error('too slow')); });
  late.on('error', (error) => log('late:', error));
  await closed(late);

  const half = https.get({ ...options, path: '/half' });
  const answer = await new Promise((resolve) => half.on('response', resolve));
  let heard = '';
  answer.on('data', (data) => { heard += data; });
  answer.on('error', (error) => log('half:', error, heard, answer.complete));
  await closed(answer);

  const controller = new AbortController();
  const aborted = https.get({ ...options, path: '/never', signal: controller.signal });
  aborted.on('error', ({ name, code }) => log('aborted:', name, code));
  setTimeout(() => controller.abort(), 20);
  await closed(aborted);

  server.on('upgrade', (request, socket, head) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (data) => socket.end(`echo ${data}`));
    log('upgrade', request.url, socket.encrypted, head.length);
  });
  const upgrading = https.get({ ...options, path: '/socket', headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
  const [response, socket] = await new Promise((resolve) => upgrading.on('upgrade', (...values) => resolve(values)));
  log(response.statusCode, socket.encrypted, socket.authorized);
  socket.write('hello');
  log(await textOf(socket));

  const expecting = https.request({ ...options, path: '/quick', method: 'POST', headers: { Expect: '100-continue' } });
  expecting.on('continue', () => { log('continue'); expecting.end('body'); });
  log(await textOf(await new Promise((resolve) => expecting.on('response', resolve))));

  server.close(() => log('closed'));
  server.closeAllConnections();
})();
