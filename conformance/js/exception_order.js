// After an exception in a timer the other timers and immediates still run.
//
// expect:
//   timer 1
//   caught boom
//   timer 2
//   immediate of 2
process.on('uncaughtException', (error) => console.log(`caught ${error.message}`));
setTimeout(() => { console.log('timer 1'); throw new Error('boom'); }, 3);
setTimeout(() => {
  console.log('timer 2');
  setImmediate(() => console.log('immediate of 2'));
}, 3);
