// Errors in listeners go to whoever emits; `error` without listeners is thrown; the monitor only looks.
const EventEmitter = require('events');
const emitter = new EventEmitter();
emitter.on('event', () => { throw new Error('from a listener'); });
emitter.on('event', () => console.log('never'));
try { emitter.emit('event'); } catch (error) { console.log(error.message); }
emitter.on(EventEmitter.errorMonitor, (error) => console.log('monitor', error.message));
try { emitter.emit('error', new Error('nobody listens')); } catch (error) { console.log(error.message); }
try { emitter.emit('error', { not: 'an error' }); } catch (error) { console.log(error.code, error.message, error.context); }
emitter.once('error', (error) => console.log('once', error.message));
emitter.emit('error', new Error('heard'));
