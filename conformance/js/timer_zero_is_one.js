// setTimeout of 0, of 1 and without a duration are the same: they run in the order of their calls.
//
// expect:
//   0
//   1
//   none
//   negative
setTimeout(() => console.log('0'), 0);
setTimeout(() => console.log('1'), 1);
setTimeout(() => console.log('none'));
setTimeout(() => console.log('negative'), -5);
