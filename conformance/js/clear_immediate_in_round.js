// An immediate cleared by an earlier one of its round does not run.
//
// expect:
//   first
//   third
setImmediate(() => {
  console.log('first');
  clearImmediate(second);
});
const second = setImmediate(() => console.log('second'));
setImmediate(() => console.log('third'));
