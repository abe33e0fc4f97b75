// Timers in bulk: ten thousand of them, none early; intervals, clearing, unref, promises.
//
// expect:
//   10000 timers, 0 much too late, 0 early
//   interval: 5 rounds
//   cleared: 0 of 1000 ran
//   immediates: 1000 in order
//   promise: value
//   aborted: AbortError
//   long delay is capped with a warning: TimeoutOverflowWarning
// stderr: any
const timers = require('timers/promises');
(async () => {
  let late = 0;
  let early = 0;
  await Promise.all(Array.from({ length: 10000 }, (_, index) => new Promise((resolve) => {
    const delay = 1 + (index * 7919) % 100;
    const start = performance.now();
    const due = start + delay;
    setTimeout(() => {
      if (performance.now() < due - 1) early++;
      if (performance.now() > due + 5000) late++;
      resolve();
    }, delay);
  })));
  console.log(`10000 timers, ${late} much too late, ${early} early`);
  let rounds = 0;
  for await (const _ of timers.setInterval(2)) if (++rounds === 5) break;
  console.log(`interval: ${rounds} rounds`);
  let ran = 0;
  const cleared = Array.from({ length: 1000 }, () => setTimeout(() => ran++, 5));
  cleared.forEach(clearTimeout);
  await timers.setTimeout(15);
  console.log(`cleared: ${ran} of 1000 ran`);
  const seen = [];
  for (let index = 0; index < 1000; index++) setImmediate(() => seen.push(index));
  await timers.setImmediate();
  await timers.setImmediate();
  console.log(`immediates: ${seen.length} ${seen.every((value, index) => value === index) ? 'in order' : 'mixed'}`);
  console.log(`promise: ${await timers.setTimeout(2, 'value')}`);
  const stop = new AbortController();
  const waiting = timers.setTimeout(60000, null, { signal: stop.signal });
  stop.abort();
  await waiting.catch((error) => console.log(`aborted: ${error.name}`));
  process.once('warning', (warning) => console.log(`long delay is capped with a warning: ${warning.name}`));
  clearTimeout(setTimeout(() => {}, 2 ** 31));
})();
