// A tick queued by a microtask waits until the microtask queue is empty.
//
// expect:
//   microtask 1
//   microtask 2
//   microtask 3
//   tick
queueMicrotask(() => {
  console.log('microtask 1');
  process.nextTick(() => console.log('tick'));
  queueMicrotask(() => console.log('microtask 3'));
});
queueMicrotask(() => console.log('microtask 2'));
