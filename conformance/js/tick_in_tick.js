// Ticks queued by ticks run before any microtask.
//
// expect:
//   tick 1
//   tick 2
//   tick 3
//   microtask
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => {
  console.log('tick 1');
  process.nextTick(() => {
    console.log('tick 2');
    process.nextTick(() => console.log('tick 3'));
  });
});
