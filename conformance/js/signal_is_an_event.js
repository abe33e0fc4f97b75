// A signal sent to oneself is handled by the loop, after the ticks of the sender.
//
// expect:
//   sent
//   tick
//   microtask
//   SIGUSR2
//   immediate of the handler
const alive = setInterval(() => {}, 1000);
process.once('SIGUSR2', () => {
  console.log('SIGUSR2');
  clearInterval(alive);
  setImmediate(() => console.log('immediate of the handler'));
});
process.kill(process.pid, 'SIGUSR2');
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
console.log('sent');
