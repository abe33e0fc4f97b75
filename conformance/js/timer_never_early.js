// No timer runs before its time on the monotonic clock.
//
// expect:
//   early: 0 of 60
let early = 0;
let left = 60;
for (let delay = 1; delay <= 60; delay++) {
  const start = process.hrtime.bigint();
  setTimeout(() => {
    // The loop's clock counts whole milliseconds: a timer may be at most one of them "early".
    if (Number(process.hrtime.bigint() - start) / 1e6 < delay - 1) early++;
    if (--left === 0) console.log(`early: ${early} of 60`);
  }, delay);
}
