// The main module runs to its end; then all of nextTick's queue, then the microtasks, then the loop.
//
// expect:
//   main
//   tick 1
//   tick 2
//   promise
//   microtask
//   immediate
setImmediate(() => console.log('immediate'));
Promise.resolve().then(() => console.log('promise'));
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick 1'));
process.nextTick(() => console.log('tick 2'));
console.log('main');
