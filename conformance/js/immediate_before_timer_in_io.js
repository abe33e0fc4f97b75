// In an I/O callback the immediate always comes before setTimeout(0).
//
// expect:
//   read
//   immediate
//   timeout
const fs = require('fs');
fs.readFile(__filename, () => {
  console.log('read');
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
});
