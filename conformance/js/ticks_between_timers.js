// Between two timers that are due together, ticks and microtasks run.
//
// expect:
//   timer 1
//   tick of 1
//   microtask of 1
//   timer 2
//   tick of 2
//   microtask of 2
for (const name of [1, 2]) {
  setTimeout(() => {
    console.log(`timer ${name}`);
    queueMicrotask(() => console.log(`microtask of ${name}`));
    process.nextTick(() => console.log(`tick of ${name}`));
  }, 5);
}
