// AbortController, AbortSignal, EventTarget, Event.
const { setTimeout: sleep } = require('timers/promises');
const controller = new AbortController(); const { signal } = controller; console.log(signal.aborted, signal.reason, signal, controller);
signal.onabort = (event) => console.log('onabort', event.type, event.isTrusted); signal.addEventListener('abort', () => console.log('listener'), { once: true });
controller.abort(); controller.abort('again'); console.log(signal.aborted, signal.reason.name, signal.reason.message, signal.reason.code, signal.reason instanceof DOMException);
try { signal.throwIfAborted(); } catch (error) { console.log(error === signal.reason); }
const own = new AbortController(); own.abort(new Error('why')); try { own.signal.throwIfAborted(); } catch ({ message }) { console.log(message); } console.log(AbortSignal.abort('x').reason, AbortSignal.abort().aborted);
try { new AbortSignal(); } catch (error) { console.log(error.name, error.code); }
(async () => {
  const timeout = AbortSignal.timeout(20); await sleep(5000, null, { signal: timeout }).catch((error) => console.log(error.name, error.code, error.cause?.name, error.cause?.message));
  console.log(timeout.aborted, timeout.reason.name, timeout.reason.code);
  const target = new EventTarget(); target.addEventListener('x', { handleEvent(event) { console.log('object', event.type, this !== target); } }); target.addEventListener('x', function(event) { console.log(this === target, event.currentTarget === target, event.eventPhase, event.cancelable, event.defaultPrevented); event.preventDefault(); event.stopImmediatePropagation(); }); target.addEventListener('x', () => console.log('never'));
  console.log(target.dispatchEvent(new Event('x', { cancelable: true }))); const event = new Event('y', { bubbles: true }); console.log(event.type, event.bubbles, event.composed, event.composedPath(), event.returnValue, event.timeStamp > 0, event.target);
  const aborting = new AbortController(); target.addEventListener('z', () => console.log('gone'), { signal: aborting.signal }); aborting.abort(); target.dispatchEvent(new Event('z')); console.log(target);
  class Custom extends EventTarget {} const custom = new Custom(); custom.addEventListener('a', () => console.log('custom'), { once: true }); custom.dispatchEvent(new Event('a')); custom.dispatchEvent(new Event('a'));
  try { target.dispatchEvent({}); } catch (error) { console.log(error.name, error.code, error.message); }
  const fs = require('fs'); const aborted = AbortSignal.abort(); await fs.promises.readFile(__filename, { signal: aborted }).catch((error) => console.log(error.name, error.code)); await new Promise((resolve) => fs.readFile(__filename, { signal: aborted }, (error) => { console.log(error.name); resolve(); }));
  const { exec } = require('child_process'); const killer = new AbortController(); await new Promise((resolve) => { exec('sleep 5', { signal: killer.signal }, (error) => { console.log(error.name, error.code); resolve(); }); killer.abort(); });
  const { addAbortSignal, Readable } = require('stream'); const stop = new AbortController(); const stream = addAbortSignal(stop.signal, new Readable({ read() {} })); stream.on('error', (error) => console.log('stream', error.name)); stop.abort();
  const e = new DOMException('m', 'DataCloneError'); console.log(e.code, e.name, e instanceof Error, Object.prototype.toString.call(e), DOMException.DATA_CLONE_ERR);
})();
