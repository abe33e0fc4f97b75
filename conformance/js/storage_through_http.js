// What AsyncLocalStorage holds follows each request through timers, promises and streams.
//
// expect:
//   /b after a timer
//   /b at the end
//   /a after a timer
//   /a at the end
//   undefined
const http = require('http');
const { AsyncLocalStorage } = require('async_hooks');
const storage = new AsyncLocalStorage();
const seen = [];
const note = (place) => seen.push(`${storage.getStore()} ${place}`);
let release;
const bHasEnded = new Promise((resolve) => { release = resolve; });
const server = http.createServer((request, response) => storage.run(request.url, async () => {
  if (request.url === '/a') await bHasEnded;
  await new Promise((resolve) => setTimeout(resolve, 1));
  note('after a timer');
  request.resume().on('end', () => { note('at the end'); response.end(); if (request.url === '/b') release(); });
})).listen(0, '127.0.0.1', async () => {
  const get = (path) => new Promise((resolve) => http.get({ port: server.address().port, host: '127.0.0.1', path, agent: false },
                                                          (response) => response.resume().on('end', resolve)));
  await Promise.all(['/a', '/b'].map(get));
  console.log(seen.join('\n'));
  console.log(storage.getStore());
  server.close();
});
