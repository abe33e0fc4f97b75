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
const server = http.createServer((request, response) => storage.run(request.url, async () => {
  await new Promise((resolve) => setTimeout(resolve, request.url === '/a' ? 20 : 5));
  note('after a timer');
  request.resume().on('end', () => { note('at the end'); response.end(); });
})).listen(0, '127.0.0.1', async () => {
  const get = (path) => new Promise((resolve) => http.get({ port: server.address().port, host: '127.0.0.1', path, agent: false },
                                                          (response) => response.resume().on('end', resolve)));
  await Promise.all(['/a', '/b'].map(get));
  console.log(seen.join('\n'));
  console.log(storage.getStore());
  server.close();
});
