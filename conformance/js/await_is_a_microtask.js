// What follows an await runs as a microtask: after ticks, before immediates.
//
// expect:
//   before await
//   main
//   tick
//   after await
//   returned
//   immediate
setImmediate(() => console.log('immediate'));
process.nextTick(() => console.log('tick'));
(async () => {
  console.log('before await');
  await null;
  console.log('after await');
})().then(() => console.log('returned'));
console.log('main');
