// Microtasks queued by a tick run after the last tick.
//
// expect:
//   tick 1
//   tick 2
//   microtask 1
//   microtask 2
process.nextTick(() => {
  console.log('tick 1');
  queueMicrotask(() => console.log('microtask 1'));
});
process.nextTick(() => {
  console.log('tick 2');
  queueMicrotask(() => console.log('microtask 2'));
});
