// Between two immediates of one round, ticks and microtasks run.
//
// expect:
//   immediate 1
//   tick of 1
//   microtask of 1
//   immediate 2
//   tick of 2
//   microtask of 2
for (const name of [1, 2]) {
  setImmediate(() => {
    console.log(`immediate ${name}`);
    Promise.resolve().then(() => console.log(`microtask of ${name}`));
    process.nextTick(() => console.log(`tick of ${name}`));
  });
}
