// timers/promises, util.promisify and numbers of timers.
const timers = require('timers/promises'), util = require('util');
(async () => {
  console.log(await timers.setTimeout(1, 'waited'), await timers.setImmediate('soon'), await util.promisify(setTimeout)(1, 'promised'));
  let count = 0;
  for await (const value of timers.setInterval(1, 'tick')) { console.log(value); if (++count === 3) break; }
  await timers.scheduler.wait(1);
  const unreferenced = setTimeout(() => console.log('never'), 1000).unref();
  console.log(unreferenced.hasRef(), typeof unreferenced[Symbol.toPrimitive](), setTimeout(() => {}, 1).ref().hasRef());
  const number = +setTimeout(() => console.log('never'), 1); clearTimeout(number);
  const text = String(+setTimeout(() => console.log('never'), 1)); clearTimeout(text);
})();
