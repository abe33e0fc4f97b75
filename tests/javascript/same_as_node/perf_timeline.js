const { performance, PerformanceObserver, monitorEventLoopDelay, createHistogram } = require('perf_hooks');
const obs = new PerformanceObserver((list, o) => {
  for (const e of list.getEntries()) console.log(e.entryType, e.name, e.detail ?? null, e.duration >= 0);
});
obs.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('A');
setTimeout(() => {
  performance.mark('B', { detail: { x: 1 } });
  const m = performance.measure('A to B', 'A', 'B');
  console.log(m.duration >= 4, m.startTime > 0, m.toJSON().name);
  const f = performance.timerify(function sum(a, b) {
    return a + b;
  });
  console.log(f(1, 2), f.name, f.length);
  try {
    performance.measure('x', 'none');
  } catch (e) {
    console.log(e.name, e.message, e.code);
  }
  console.log(performance.getEntriesByType('mark').length, performance.getEntriesByName('A').length);
  performance.clearMarks();
  console.log(performance.getEntries().length);
}, 5);
const h = createHistogram();
h.record(1);
h.record(100);
console.log(h.min, h.max, h.mean, h.count, h.percentile(50));
const d = monitorEventLoopDelay({ resolution: 5 });
d.enable();
setTimeout(() => {
  d.disable();
  console.log(d.min > 0, d.max >= d.min, d.percentile(99) > 0);
  obs.disconnect();
}, 40);
const e1 = performance.eventLoopUtilization();
console.log(Object.keys(e1));
console.log(
  typeof performance.timeOrigin,
  performance.now() > 0,
  Object.keys(performance.nodeTiming).slice(0, 4),
  performance.nodeTiming.name
);
console.log(typeof performance.toJSON().timeOrigin);
