// beforeExit comes when the loop is empty, and again after work that it started; exit comes last.
//
// expect:
//   timer
//   beforeExit 1
//   more work
//   beforeExit 2
//   exit
let times = 0;
process.on('beforeExit', () => {
  console.log(`beforeExit ${++times}`);
  if (times === 1) setImmediate(() => console.log('more work'));
});
process.on('exit', () => console.log('exit'));
setTimeout(() => console.log('timer'), 3);
