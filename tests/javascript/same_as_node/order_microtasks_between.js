// Microtasks run between two timers of one round and between two immediates, without any tick.
const order = [];
setTimeout(() => { order.push('timer 1'); Promise.resolve().then(() => order.push('its microtask')); }, 1);
setTimeout(() => order.push('timer 2'), 1);
setImmediate(() => { order.push('immediate 1'); queueMicrotask(() => order.push('its microtask')); });
setImmediate(() => order.push('immediate 2'));
setTimeout(() => console.log(order.join(', ')), 100);
const begun = Date.now();
while (Date.now() - begun < 5);
