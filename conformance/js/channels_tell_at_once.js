// diagnostics_channel: subscribers hear at once; one that throws does not keep the others from hearing.
//
// expect:
//   false
//   heard { step: 1 } work
//   true false
//   sync
//   uncaught: in a subscriber
//   uncaught: in a subscriber
const { channel, subscribe } = require('diagnostics_channel');
process.on('uncaughtException', (error) => console.log('uncaught:', error.message));
const work = channel('work');
console.log(work.hasSubscribers);
subscribe('work', () => { throw new Error('in a subscriber'); });
const hear = (message, name) => console.log('heard', message, name);
work.subscribe(hear);
work.publish({ step: 1 });
console.log(work.unsubscribe(hear), work.unsubscribe(hear));
work.publish({ step: 2 });
console.log('sync');
