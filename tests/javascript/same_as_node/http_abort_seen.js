const http = require('http');
const server = http.createServer((req, res) => {
  for (const name of ['aborted', 'error', 'close', 'end'])
    req.on(name, (e) =>
      console.log(req.url, 'request', name, e?.code, e?.message, req.aborted, req.destroyed, req.complete)
    );
  for (const name of ['close', 'error', 'finish'])
    res.on(name, () => console.log(req.url, 'response', name, res.writableFinished, res.destroyed));
  if (req.url === '/read') req.resume();
  res.write('partial');
});
server.listen(0, () => {
  const port = server.address().port;
  const ask = (path, method, next) => {
    const r = http.request({ port, path, method, agent: false }, (res) => {
      res.on('data', () => setTimeout(() => r.destroy(), 20));
      res.on('error', () => {});
    });
    r.on('error', () => {});
    r.on('close', () => setTimeout(next, 30));
    if (method === 'POST') {
      r.write('some');
    } else r.end();
  };
  ask('/get', 'GET', () => ask('/read', 'GET', () => ask('/read', 'POST', () => server.close())));
});
