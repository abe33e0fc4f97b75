// A timer that throws: the listener hears of it, the timers behind it still run.
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin));
setTimeout(() => { process.nextTick(() => console.log('tick')); throw new Error('first'); }, 1);
setTimeout(() => console.log('second'), 1);
setImmediate(() => { throw new Error('immediate'); });
process.nextTick(() => { throw new Error('tick'); });
