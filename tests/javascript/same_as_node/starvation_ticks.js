// While ticks make ticks nothing else has a turn.
let left = 1000;
const order = [];
setTimeout(() => order.push('timer'), 0);
setImmediate(() => { order.push('immediate'); });
(function tick() { if (--left > 0) process.nextTick(tick); else order.push('ticks are over'); })();
Promise.resolve().then(() => order.push('promise'));
setTimeout(() => console.log(order[0], order[1]), 20);
