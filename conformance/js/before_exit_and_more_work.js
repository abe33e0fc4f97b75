// beforeExit comes each time the loop runs dry, exit once.
//
// expect:
//   main
//   beforeExit 0 0
//   more work
//   beforeExit 0 1
//   more work
//   beforeExit 0 2
//   exit 0
//   never
let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, rounds);
  if (rounds++ < 2) setTimeout(() => console.log('more work'), 1);
  else process.exitCode = 0;
});
process.on('exit', (code) => {
  console.log('exit', code);
  setTimeout(() => console.log('never'), 0);
  Promise.resolve().then(() => console.log('never'));
});
console.log('main');
