const {
  AsyncLocalStorage,
  AsyncResource,
  executionAsyncId,
  triggerAsyncId,
  createHook,
} = require('async_hooks');
const http = require('http'),
  fs = require('fs');
const als = new AsyncLocalStorage();
let id = 0;
const log = (m) => console.log(`[${als.getStore()?.id ?? '-'}] ${m}`);
log('outside');
const server = http.createServer((req, res) => {
  als.run({ id: ++id, url: req.url }, () => {
    log('start ' + req.url);
    setTimeout(() => {
      log('timeout');
      fs.readFile(__filename, async () => {
        await null;
        log('file');
        process.nextTick(() => {
          log('tick');
          res.end(String(als.getStore().id));
        });
      });
    }, 2);
  });
});
server.listen(0, async () => {
  for (const p of ['/a', '/b'])
    await new Promise((r) =>
      http.get({ port: server.address().port, path: p }, (res) => {
        res.on('data', (d) => log('client ' + d)).on('end', r);
      })
    );
  server.close();
  als.run(1, () => als.exit(() => log('exited')));
  als.enterWith({ id: 'entered' });
  log('after enterWith');
  setImmediate(() => log('immediate'));
  als.disable();
  log('disabled');
  const r = als.run({ id: 'bound' }, () => AsyncResource.bind(() => log('in bound')));
  r();
  const als2 = new AsyncLocalStorage();
  als2.run('x', () => Promise.resolve().then(() => console.log(als2.getStore())));
  console.log(typeof executionAsyncId(), typeof triggerAsyncId());
});
