// once(), on(), error handling, captureRejections, EventTarget, listener limits.
const events = require('events'); const { once, on, EventEmitter, getEventListeners, setMaxListeners, errorMonitor, captureRejectionSymbol, listenerCount } = events;
console.log(events === EventEmitter, EventEmitter.defaultMaxListeners, events.usingDomains);
(async () => {
  const e = new EventEmitter(); setTimeout(() => e.emit('x', 1, 2), 1); console.log(await once(e, 'x'));
  setTimeout(() => e.emit('error', new Error('bad')), 1); await once(e, 'y').catch(({ message }) => console.log('rejected', message));
  const controller = new AbortController(); const waiting = once(e, 'z', { signal: controller.signal }); controller.abort(); await waiting.catch((error) => console.log(error.name, error.code, error.message, e.listenerCount('z')));
  setTimeout(() => { e.emit('n', 1); e.emit('n', 2); e.emit('n', 3); }, 1); for await (const [value] of on(e, 'n')) { console.log(value); if (value === 3) break; } console.log(e.listenerCount('n'));
  const stop = new AbortController(); setTimeout(() => { e.emit('n', 'last'); stop.abort(); }, 1); try { for await (const value of on(e, 'n', { signal: stop.signal })) console.log(value); } catch (error) { console.log(error.name); }
  setTimeout(() => e.emit('error', new RangeError('stop')), 1); try { for await (const value of on(e, 'n')) console.log(value); } catch (error) { console.log(error.name); }
  const target = new EventTarget(); setTimeout(() => target.dispatchEvent(new Event('hi')), 1); const [event] = await once(target, 'hi'); console.log(event.type, event.target === target, event instanceof Event);
  const captured = new EventEmitter({ captureRejections: true }); captured.on('work', async () => { throw new Error('async failure'); }); captured.on('error', ({ message }) => console.log('captured', message)); captured.emit('work'); await new Promise(setImmediate);
  const special = new EventEmitter({ captureRejections: true }); special[captureRejectionSymbol] = (error, name, ...values) => console.log('special', error.message, name, values); special.on('q', async () => { throw new Error('w'); }); special.emit('q', 7); await new Promise(setImmediate);
  const m = new EventEmitter(); m.on(errorMonitor, (error) => console.log('monitor', error.message)); try { m.emit('error', new Error('seen')); } catch (error) { console.log('thrown', error.message); }
  try { new EventEmitter().emit('error', 'text'); } catch (error) { console.log(error.code, error.message, error.context); } try { new EventEmitter().emit('error', { a: 1 }); } catch (error) { console.log(error.message); } try { new EventEmitter().emit('error'); } catch (error) { console.log(error.message); }
  try { m.on('x', 5); } catch (error) { console.log(error.code, error.message); } try { m.setMaxListeners(-1); } catch (error) { console.log(error.code, error.message); }
  m.on('newListener', (name, listener) => console.log('new', name, typeof listener)); m.on('removeListener', (name) => console.log('removed', name)); const f = () => {}; m.once('t', f); m.off('t', f); m.on('t', f); m.removeAllListeners('t'); console.log(m.rawListeners('t'), m.eventNames());
  m.once('u', f); console.log(m.listeners('u')[0] === f, m.rawListeners('u')[0].listener === f, getEventListeners(m, 'u').length, listenerCount(m, 'u'), m.getMaxListeners()); setMaxListeners(5, m); console.log(m.getMaxListeners());
  process.once('warning', (warning) => console.log(warning.name, warning.type, warning.count, warning.message)); process.removeAllListeners('warning'); process.on('warning', (warning) => console.log(warning.name, String(warning.type), warning.count, warning.emitter === m));
  for (let i = 0; i < 7; i++) m.on('many', () => {});
  const order = []; const o = new EventEmitter(); o.on('a', () => { order.push(1); o.on('a', () => order.push('late')); }); o.on('a', () => order.push(2)); o.prependOnceListener('a', () => order.push(0)); o.emit('a'); console.log(order);
  console.log(o, new EventEmitter());
})();
