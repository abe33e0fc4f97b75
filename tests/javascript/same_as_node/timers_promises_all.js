// timers/promises, and Timeout objects.
const { setTimeout: sleep, setImmediate: soon, setInterval: every, scheduler } = require('timers/promises'); const timers = require('timers');
console.log(timers.promises === require('timers/promises'), require('node:timers').setTimeout === setTimeout);
(async () => {
  console.log(await sleep(1, 'slept'), await soon('soon')); let n = 0; for await (const value of every(2, 'tick')) { console.log(value); if (++n === 3) break; }
  const controller = new AbortController(); setTimeout(() => controller.abort(), 15); try { for await (const _ of every(4, null, { signal: controller.signal })); } catch (error) { console.log(error.name, error.code); }
  await soon(null, { signal: AbortSignal.abort() }).catch(({ name }) => console.log(name)); await scheduler.wait(2); await scheduler.yield(); console.log('scheduled');
  await sleep(1, null, { ref: 5 }).catch(({ code, message }) => console.log(code, message));
  const timeout = setTimeout(() => {}, 1000); console.log(timeout.hasRef(), timeout.unref().hasRef(), timeout.ref().hasRef(), typeof timeout[Symbol.toPrimitive](), timeout.refresh() === timeout, timeout.constructor.name); clearTimeout(+timeout); console.log(timeout._destroyed);
  const text = setTimeout(() => console.log('never'), 5); clearTimeout(String(+text)); clearTimeout(null); clearTimeout({}); clearTimeout('x'); clearInterval(undefined); clearImmediate(undefined);
  const immediate = setImmediate(() => console.log('never')); console.log(immediate.hasRef(), immediate.unref().hasRef(), immediate.constructor.name); clearImmediate(immediate);
  for (const value of [undefined, 'text', {}]) try { setTimeout(value, 1); } catch (error) { console.log(error.code, error.message); } try { setImmediate(); } catch ({ code }) { console.log(code); }
  setImmediate((...values) => console.log(values), 'b', 3); await sleep(5); setTimeout((...values) => console.log(values), 1, 'a', 2); await sleep(20); const interval = setInterval((value) => { console.log(value); clearInterval(interval); }, 3, 'once'); interval.close; await sleep(10);
  process.removeAllListeners('warning').on('warning', ({ name, message }) => console.log(name, message)); clearTimeout(setTimeout(() => {}, 2 ** 31)); clearTimeout(setTimeout(() => {}, NaN)); await sleep(1);
  const unref = setTimeout(() => console.log('not awaited'), 10000).unref();
})();
