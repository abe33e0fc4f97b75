// Work on the pool reports in the poll phase: after ticks, microtasks, and in its callback an
// immediate comes before a zero timeout.
//
// expect:
//   tick
//   microtask
//   random 16
//   immediate
//   timeout
const crypto = require('crypto');
crypto.randomBytes(16, (error, bytes) => {
  console.log(`random ${bytes.length}`);
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
});
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
