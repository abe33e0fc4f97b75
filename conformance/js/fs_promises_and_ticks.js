// The continuation of an fs promise is a microtask of its I/O callback: before that callback's
// immediate.
//
// expect:
//   read
//   after
//   tick
//   immediate
//   timeout
const fs = require('fs/promises');
(async () => {
  await fs.readFile(__filename);
  console.log('read');
  setTimeout(() => console.log('timeout'), 1);
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
  await null;
  console.log('after');
})();
