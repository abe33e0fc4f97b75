// Marks and measures, functions that are timed, how busy the loop is.
const { performance, PerformanceObserver, createHistogram } = require('perf_hooks');
const observer = new PerformanceObserver((list) => { for (const entry of list.getEntries()) console.log(entry.entryType, entry.name, entry.duration >= 0); observer.disconnect(); });
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('begin'); for (let i = 0; i < 1e5; i++); performance.mark('end', { detail: 1 });
const measure = performance.measure('loop', 'begin', 'end'); console.log(measure.name, measure.entryType, measure.duration > 0, measure.startTime > 0);
const timed = performance.timerify(function work(a, b) { return a * b; }); console.log(timed(6, 7), timed.name, timed.length);
console.log(Object.keys(performance.eventLoopUtilization()), performance.getEntriesByType('mark').map((entry) => entry.name), performance.now() > 0);
const histogram = createHistogram(); for (const value of [1, 2, 3, 100]) histogram.record(value); console.log(histogram.min, histogram.max, histogram.mean, histogram.count);
try { performance.measure('m', 'no such mark'); } catch (error) { console.log(error.name, error.message); }
