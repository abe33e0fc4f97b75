// From the main module the order of setTimeout(0) and setImmediate is open: it depends on whether a
// millisecond has passed when the loop starts. Both run, each once.
//
// expect:
//   {immediate | timeout}
setTimeout(() => console.log('timeout'), 0);
setImmediate(() => console.log('immediate'));
