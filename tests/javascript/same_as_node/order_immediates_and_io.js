// In an I/O callback: ticks, microtasks, then immediates before timers.
const fs = require('fs');
fs.readFile(__filename, () => {
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => { console.log('immediate 1'); process.nextTick(() => console.log('tick of 1')); Promise.resolve().then(() => console.log('microtask of 1')); });
  setImmediate(() => console.log('immediate 2'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('microtask'));
  console.log('callback');
});
