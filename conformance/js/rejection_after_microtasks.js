// unhandledRejection comes after the microtasks and ticks that could still have handled it.
//
// expect:
//   main
//   tick
//   microtask
//   unhandled late
//   immediate
process.on('unhandledRejection', (error) => console.log(`unhandled ${error.message}`));
setImmediate(() => console.log('immediate'));
Promise.reject(new Error('late'));
const handled = Promise.reject(new Error('handled in time'));
queueMicrotask(() => { console.log('microtask'); handled.catch(() => {}); });
process.nextTick(() => console.log('tick'));
console.log('main');
