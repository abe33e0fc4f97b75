// Even a timer that is long due when the I/O callback returns comes after the immediate.
//
// expect:
//   stat
//   immediate
//   timeout
const fs = require('fs');
fs.stat(__filename, () => {
  console.log('stat');
  setTimeout(() => console.log('timeout'), 1);
  setImmediate(() => console.log('immediate'));
  const until = Date.now() + 10;
  while (Date.now() < until) { /* The timer becomes due. */ }
});
