// Everything that can be started from the main program, in the order in which it runs.
const log = (text) => console.log(text);
setImmediate(() => log('immediate'));
process.nextTick(() => log('tick'));
Promise.resolve().then(() => log('promise'));
queueMicrotask(() => log('microtask'));
(async () => { log('async begins'); await null; log('async goes on'); })();
new Promise((resolve) => { log('executor'); resolve(); }).then(() => log('then'));
process.nextTick(() => log('second tick'));
log('main ends');
