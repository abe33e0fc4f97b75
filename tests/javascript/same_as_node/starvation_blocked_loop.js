// A busy loop makes timers late, and they still run in the order of their due times.
const begun = Date.now();
setTimeout(() => console.log('10', Date.now() - begun >= 40), 10);
setTimeout(() => console.log('5', Date.now() - begun >= 40), 5);
setTimeout(() => console.log('1', Date.now() - begun >= 40), 1);
setImmediate(() => console.log('immediate'));
while (Date.now() - begun < 40);
