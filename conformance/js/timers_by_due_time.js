// Timers run in the order in which they are due, not in the order of their calls.
//
// expect:
//   10
//   20
//   30
//   40
for (const delay of [40, 10, 30, 20]) setTimeout(() => console.log(String(delay)), delay);
