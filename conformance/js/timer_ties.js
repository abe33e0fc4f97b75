// Timers of the same duration run in the order of their calls.
//
// expect:
//   0 1 2 3 4 5 6 7 8 9
const seen = [];
for (let index = 0; index < 10; index++) setTimeout(() => seen.push(index), 7);
setTimeout(() => console.log(seen.join(' ')), 40);
