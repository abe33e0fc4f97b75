// An interval cleared in its own callback does not run again, and the process can end.
//
// expect:
//   1
//   2
//   3
//   exit
let count = 0;
const interval = setInterval(() => {
  console.log(String(++count));
  if (count === 3) clearInterval(interval);
}, 2);
process.on('exit', () => console.log('exit'));
