// refresh() puts a timer behind those that were started later. It is called 5 ms after the start of
// the other by the clock, so that no pause of a busy machine can turn the order round.
const first = setTimeout(() => console.log('refreshed'), 20);
setTimeout(() => console.log('other'), 21);
const until = performance.now() + 5;
while (performance.now() < until) continue;
first.refresh();
