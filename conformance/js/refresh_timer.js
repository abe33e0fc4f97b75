// refresh() starts a timer's time anew: it runs after one that was due later.
//
// expect:
//   other
//   refreshed
const refreshed = setTimeout(() => console.log('refreshed'), 40);
setTimeout(() => refreshed.refresh(), 20);
setTimeout(() => console.log('other'), 45);
