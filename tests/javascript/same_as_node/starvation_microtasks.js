// Microtasks that make microtasks keep timers back, but setImmediate in a chain does not.
let microtasks = 0, immediates = 0, done = false;
setTimeout(() => { done = true; console.log('timer ran', microtasks, immediates > 0); }, 1);
(function more() { if (++microtasks < 5000) queueMicrotask(more); })();
(function next() { immediates++; if (!done) setImmediate(next); })();
