// AsyncLocalStorage: where a value goes along, through every kind of callback, and where it does not.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const fs = require('fs'), http = require('http'), EventEmitter = require('events');

const storage = new AsyncLocalStorage(), other = new AsyncLocalStorage();
const tell = (where) => console.log(where, storage.getStore(), other.getStore());

tell('outside');
storage.run('value', () => {
  tell('run');
  process.nextTick(() => tell('tick'));
  queueMicrotask(() => tell('microtask'));
  Promise.resolve().then(() => tell('then'));
  setImmediate(() => tell('immediate'));
});
tell('after');
try { storage.run(1, () => { throw new Error('thrown'); }); } catch { tell('caught'); }
console.log(storage.run('v', (a, b) => a + b, 1, 2));

const emitter = new EventEmitter();
storage.run('where the listener was added', () => emitter.on('event', () => tell('listener')));
emitter.emit('event');
const resource = storage.run('of the resource', () => new AsyncResource('Kind'));
resource.runInAsyncScope(() => tell('resource'));
console.log(resource.runInAsyncScope(function(value) { return [this.own, value]; }, { own: 1 }, 2));
storage.run('bound', () => AsyncResource.bind(() => tell('bound')))();
storage.run('elsewhere', () => resource.bind(() => tell('bound to the resource')))();

const step = (start) => new Promise((resolve) => start((where) => (...values) => { tell(where); resolve(values); }));
const within = (name, start) => step((done) => storage.run(name, () => start(done(name))));
setTimeout(async () => {
  await within('timeout', (done) => setTimeout(done, 1));
  await within('interval', (done) => { const timer = setInterval(() => { clearInterval(timer); done(); }, 1); });
  await within('stat', (done) => fs.stat('/', done));
  await within('promised stat', (done) => fs.promises.stat('/').then(done));
  await within('lookup', (done) => require('dns').lookup('localhost', done));
  await within('random bytes', (done) => require('crypto').randomBytes(4, done));
  await within('child', (done) => require('child_process').execFile('true', done));
  await within('async function', async (done) => {
    await 1;
    tell('behind an await');
    await new Promise((resolve) => setTimeout(resolve, 1));
    other.run('inner', () => tell('nested'));
    storage.exit(() => tell('exit'));
    done();
  });
  const promise = storage.run('who makes it', () => new Promise((resolve) => setTimeout(resolve, 1)));
  await within('who waits', (done) => promise.then(done));

  const server = http.createServer((request, response) => {
    storage.run(request.url, () => setTimeout(() => {
      tell('server');
      request.resume().on('end', () => { tell('end of the request'); response.end('x'); });
    }, 1));
  });
  await new Promise((resolve) => server.listen(0, resolve));
  const agent = new http.Agent({ keepAlive: true });
  for (const client of ['first client', 'second client']) {
    await within(client, (done) => http.get({ port: server.address().port, path: '/path', agent }, (response) => {
      tell('response');
      response.on('data', () => tell('data'));
      response.on('end', done);
    }));
  }
  agent.destroy();
  server.close();

  storage.enterWith('entered');
  tell('entered');
  await new Promise((resolve) => setTimeout(resolve, 1));
  tell('still');
  storage.disable();
  tell('disabled');
}, 1);
