// AsyncLocalStorage through timers, promises, I/O and emitters.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks'), fs = require('fs'), EventEmitter = require('events');
const storage = new AsyncLocalStorage();
const tell = (label) => console.log(label, storage.getStore()?.id);
storage.run({ id: 'A' }, async () => {
  tell('run'); setTimeout(() => { tell('timer'); setImmediate(() => { tell('immediate'); fs.stat('.', () => tell('stat')); }); }, 30); process.nextTick(() => tell('tick'));
  await null; tell('after await'); storage.exit(() => tell('exit')); storage.run({ id: 'B' }, () => setTimeout(() => tell('inner timer'), 300));
  const emitter = new EventEmitter(); emitter.on('x', () => tell('listener')); storage.run({ id: 'C' }, () => emitter.emit('x'));
});
tell('outside'); const bound = storage.run({ id: 'D' }, () => AsyncResource.bind(() => tell('bound'))); bound();
