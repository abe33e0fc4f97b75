// refresh() starts a timer's time anew: it runs after one that was due later. It is called 10 ms
// after the start of the other by the clock, so that no pause of a busy machine can turn the order
// round.
//
// expect:
//   other
//   refreshed
const refreshed = setTimeout(() => console.log('refreshed'), 40);
setTimeout(() => console.log('other'), 45);
const until = performance.now() + 10;
while (performance.now() < until) continue;
refreshed.refresh();
