// perf_hooks: observers, loop delay, utilization, timerify, histograms. The marks with times of their own lie before any program has come this far: entries are sorted by time.
const { performance, PerformanceObserver, monitorEventLoopDelay, createHistogram, constants, PerformanceEntry } = require('perf_hooks');
console.log(globalThis.performance === performance, typeof performance.timeOrigin, Object.keys(performance.toJSON()));
const mark = performance.mark('a', { detail: { x: 1 }, startTime: 0.25 }); console.log(mark, mark instanceof PerformanceEntry, mark.toJSON());
performance.mark('b', { startTime: 0.5 }); const measure = performance.measure('m', { start: 'a', end: 'b', detail: 'd' }); console.log(measure);
console.log(performance.measure('n', { start: 0.125, duration: 4 }).toJSON(), performance.measure('o', 'a').startTime);
console.log(performance.getEntries().map(({ name }) => name), performance.getEntriesByName('m').length);
performance.clearMarks('a'); performance.clearMeasures(); console.log(performance.getEntries().map(({ name, entryType }) => [name, entryType]));
try { performance.measure('x', 'none'); } catch (error) { console.log(error.name, error.code, error.message); }
try { performance.mark('y', { startTime: -1 }); } catch (error) { console.log(error.name, error.code); }
const seen = []; const observer = new PerformanceObserver((list, self) => { seen.push(...list.getEntriesByType('mark').map(({ name }) => name), self === observer); });
observer.observe({ type: 'mark' }); performance.mark('c'); performance.mark('d');
const timed = new PerformanceObserver((list) => { for (const { name, entryType, duration, detail } of list.getEntries()) console.log(name, entryType, duration >= 0, [...detail]); timed.disconnect(); }); timed.observe({ entryTypes: ['function'] });
performance.timerify(function sum(a, b) { return a + b; })(1, 2);
const buffered = new PerformanceObserver((list) => console.log('buffered', list.getEntries().map(({ name }) => name), list.getEntriesByName('c').length)); buffered.observe({ type: 'mark', buffered: true });
const before = performance.eventLoopUtilization(); console.log(Object.keys(before), before.idle >= 0);
const delay = monitorEventLoopDelay({ resolution: 5 }); console.log(delay.enable(), delay.enable());
setTimeout(() => { const until = Date.now() + 60; while (Date.now() < until); }, 10);
setTimeout(() => {
  console.log(delay.disable(), delay.disable(), delay.max > 3e7, delay.min > 0, delay.mean > 0, delay.percentile(99) > 0, delay.percentiles.size > 1, delay.exceeds, typeof delay.stddev, delay.count > 0);
  delay.reset(); console.log(delay.count, delay.max, delay.min, delay.percentiles.size);
  const after = performance.eventLoopUtilization(before); console.log(after.active > 50, after.utilization > 0 && after.utilization <= 1);
  console.log(seen); observer.disconnect(); buffered.disconnect();
}, 200);
const histogram = createHistogram({ lowest: 1, highest: 1000, figures: 3 }); histogram.record(5); histogram.record(9n); console.log(histogram.min, histogram.max, histogram.mean, histogram.stddev, histogram.percentile(50), histogram.minBigInt, histogram.countBigInt);
const other = createHistogram(); other.record(100); histogram.add(other); console.log(histogram.count, histogram.max, typeof histogram.recordDelta);
console.log(performance.timerify.length, typeof performance.nodeTiming.bootstrapComplete, performance.nodeTiming.name, performance.nodeTiming.entryType, Object.keys(performance.nodeTiming.toJSON()));
