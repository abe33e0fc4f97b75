// once() and on() as promises, and rejections captured.
const EventEmitter = require('events'), { once, on } = EventEmitter;
const capturing = new EventEmitter({ captureRejections: true });
capturing.on('error', (error) => console.log('captured', error.message));
capturing.on('work', async () => { throw new Error('async listener'); });
capturing.emit('work');
const emitter = new EventEmitter();
(async () => {
  setTimeout(() => emitter.emit('value', 1, 2), 1);
  console.log(await once(emitter, 'value'));
  setTimeout(() => { for (let i = 0; i < 3; i++) emitter.emit('item', i); }, 1);
  for await (const [item] of on(emitter, 'item')) { console.log(item); if (item === 2) break; }
  console.log(emitter.listenerCount('item'));
  const target = new EventTarget();
  setTimeout(() => target.dispatchEvent(new Event('ping')), 1);
  console.log((await once(target, 'ping'))[0].type);
})();
