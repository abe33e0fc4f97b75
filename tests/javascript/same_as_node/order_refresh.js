// refresh() puts a timer behind those that were started later.
const first = setTimeout(() => console.log('refreshed'), 20);
setTimeout(() => console.log('other'), 21);
setTimeout(() => first.refresh(), 5);
