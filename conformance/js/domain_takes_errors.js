// Errors of all that began inside a domain go to the domain, and the program goes on.
//
// expect:
//   taken: tick, thrown: true
//   taken: timer, thrown: true
//   taken: told to a callback, thrown: false
//   taken: emitted, thrown: false
//   taken: at once, thrown: true
//   exit 0
const domain = require('domain');
const EventEmitter = require('events');
const guarded = domain.create();
guarded.on('error', (error) => console.log(`taken: ${error.message}, thrown: ${error.domainThrown}`));
guarded.run(() => {
  process.nextTick(() => { throw new Error('tick'); });
  setTimeout(() => { throw new Error('timer'); }, 1);
  setTimeout(guarded.intercept(() => {}), 20, new Error('told to a callback'));
  setTimeout(() => {
    const emitter = new EventEmitter();
    guarded.add(emitter);
    emitter.emit('error', new Error('emitted'));
  }, 40);
});
setTimeout(() => guarded.run(() => { throw new Error('at once'); }), 60);
process.on('exit', (code) => console.log('exit', code));
