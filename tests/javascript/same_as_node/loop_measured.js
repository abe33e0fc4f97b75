// How busy the loop is, and what observers of marks are told.
const { performance, monitorEventLoopDelay, PerformanceObserver, createHistogram } = require('perf_hooks');

const delay = monitorEventLoopDelay({ resolution: 5 });
console.log(delay.max, delay.mean, delay.enable(), delay.enable());
const before = performance.eventLoopUtilization();
console.log(Object.keys(before));
setTimeout(() => { for (const start = Date.now(); Date.now() - start < 50;); }, 20);
setTimeout(() => {
  console.log(delay.disable(), delay.disable(), delay.max > 4e7, delay.mean > delay.min, delay.percentile(99) >= delay.percentile(50));
  const { utilization, idle, active } = performance.eventLoopUtilization(before);
  console.log(utilization > 0.1 && utilization < 1, idle > 5, active > 40);
  delay.reset();
  console.log(delay.max);
}, 120);

const observer = new PerformanceObserver((list) => {
  for (const { name, entryType } of list.getEntries()) console.log(name, entryType);
  observer.disconnect();
});
observer.observe({ entryTypes: ['mark', 'measure'] });
performance.mark('a');
for (const start = performance.now(); performance.now() - start < 2;);
performance.mark('b');
console.log(performance.measure('between', 'b').name);
const histogram = createHistogram();
histogram.record(5);
histogram.record(10);
console.log(histogram.min, histogram.max, histogram.mean, histogram.percentile(50));
console.log(performance.timerify((value) => value + 1)(1), Object.keys(performance.nodeTiming).includes('loopStart'));
