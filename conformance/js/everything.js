// From one I/O callback: sync, ticks, microtasks, immediates, then timers, each with its own ticks.
//
// expect:
//   sync
//   tick
//   tick in tick
//   microtask
//   immediate 1
//   tick of immediate 1
//   immediate 2
//   timeout
//   tick of timeout
//   microtask of timeout
require('fs').readFile(__filename, () => {
  setTimeout(() => {
    console.log('timeout');
    Promise.resolve().then(() => console.log('microtask of timeout'));
    process.nextTick(() => console.log('tick of timeout'));
  }, 0);
  setImmediate(() => {
    console.log('immediate 1');
    process.nextTick(() => console.log('tick of immediate 1'));
  });
  setImmediate(() => console.log('immediate 2'));
  Promise.resolve().then(() => console.log('microtask'));
  process.nextTick(() => {
    console.log('tick');
    process.nextTick(() => console.log('tick in tick'));
  });
  console.log('sync');
});
