const { setTimeout: sleep, setInterval: every } = require('timers/promises');
(async () => {
  const signal = AbortSignal.timeout(20);
  try {
    await sleep(1000, null, { signal });
  } catch (error) {
    console.log(error.name, error.code, error.message, error.cause?.name);
  }
  console.log(signal.aborted, signal.reason.name, signal.reason.code, signal.reason.message);
  const aborted = AbortSignal.abort(new Error('own reason'));
  console.log(aborted.aborted, aborted.reason.message);
  try {
    aborted.throwIfAborted();
  } catch (error) {
    console.log('threw', error.message);
  }
  const controller = new AbortController();
  controller.signal.addEventListener(
    'abort',
    (event) => console.log('event', event.type, event.target === controller.signal),
    { once: true }
  );
  controller.signal.onabort = () => console.log('onabort');
  controller.abort('because');
  controller.abort('again');
  console.log(controller.signal.reason, controller.signal);
  const fs = require('fs/promises');
  const c2 = new AbortController();
  c2.abort();
  await fs.readFile(__filename, { signal: c2.signal }).catch((e) => console.log(e.name, e.code, e.message));
  let n = 0;
  for await (const value of every(2, 'tick')) {
    console.log(value);
    if (++n === 3) break;
  }
  const { EventEmitter } = require('events');
  const target = new EventTarget();
  target.addEventListener('x', {
    handleEvent(e) {
      console.log('handleEvent', e.type, e.detail ?? null);
    },
  });
  target.dispatchEvent(new Event('x'));
  const e = new Event('y', { cancelable: true });
  e.preventDefault();
  console.log(e.defaultPrevented, e.cancelable, e.bubbles, e.timeStamp > 0);
  console.log(await Promise.race([sleep(5, 'slow'), sleep(1, 'fast')]));
})();
