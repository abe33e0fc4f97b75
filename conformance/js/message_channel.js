// Messages of a channel arrive as events, in order, after ticks and microtasks.
//
// expect:
//   main
//   tick
//   microtask
//   message 1
//   tick of 1
//   message 2
//   tick of 2
//   close
const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
port2.on('message', (message) => {
  console.log(`message ${message}`);
  process.nextTick(() => {
    console.log(`tick of ${message}`);
    if (message === 2) port1.close();
  });
});
port2.on('close', () => console.log('close'));
port1.postMessage(1);
port1.postMessage(2);
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
console.log('main');
