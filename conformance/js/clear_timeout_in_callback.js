// A timer cleared by another of the same due time does not run.
//
// expect:
//   first
//   third
setTimeout(() => {
  console.log('first');
  clearTimeout(second);
}, 5);
const second = setTimeout(() => console.log('second'), 5);
setTimeout(() => console.log('third'), 5);
