// A timer due when an immediate ends runs before the immediate made there: timers come between two
// check phases.
//
// expect:
//   first immediate
//   timeout
//   second immediate
setImmediate(() => {
  console.log('first immediate');
  setTimeout(() => console.log('timeout'), 1);
  setImmediate(() => console.log('second immediate'));
  const until = Date.now() + 10;
  while (Date.now() < until) { /* The timer becomes due. */ }
});
