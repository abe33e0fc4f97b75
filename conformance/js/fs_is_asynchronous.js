// fs callbacks never run inside the call, and not before ticks and microtasks.
//
// expect:
//   main
//   tick
//   microtask
//   stat
const fs = require('fs');
fs.stat(__filename, () => console.log('stat'));
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
console.log('main');
