// Timers run in the order in which they are due, not in the order of their calls.
//
// expect:
//   10
//   20
//   30
//   40
(function start() {
  const begin = performance.now();
  const timers = [40, 10, 30, 20].map((delay) => setTimeout(() => console.log(String(delay)), delay));
  if (performance.now() - begin < 8) return;
  timers.forEach(clearTimeout);  // The machine was busy meanwhile, so that 40 may be due before 30.
  start();
})();
