// Everything that takes a signal, aborted.
const { setTimeout: wait } = require('timers/promises');
const events = require('events'), fs = require('fs'), { Readable, addAbortSignal, promises: { pipeline } } = require('stream'), { exec } = require('child_process');
const controller = new AbortController();
const { signal } = controller;
const told = (label) => (error) => lines.push([label, error.name, error.code, error.message, error.cause?.message ?? error.cause?.name].join(' '));
const lines = [];
const all = [wait(1000, null, { signal }).catch(told('timer')), events.once(new events(), 'x', { signal }).catch(told('once')), pipeline(new Readable({ read() {} }), async function*(source) { yield* source; }, new (require('stream').Writable)({ write() {} }), { signal }).catch(told('pipeline'))];
signal.addEventListener('abort', (event) => console.log(event.type, signal.aborted), { once: true });
Promise.all(all).then(() => console.log(lines.sort(), signal.reason.name));
controller.abort();
controller.abort('again');
console.log(AbortSignal.abort('reason').reason);
try { signal.throwIfAborted(); } catch (error) { console.log(error.name, error.message); }
