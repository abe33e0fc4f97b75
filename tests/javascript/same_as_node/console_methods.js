// The console: groups, tables, counts, timers that do not exist, formats.
console.group('outer'); console.log('in\ntwo lines'); console.group(); console.log({ a: 1 }); console.groupEnd(); console.groupEnd(); console.log('out');
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table(new Map([['k', 1]])); console.table([[1, 2], [3]]); console.table([1, 'two']); console.table({ r: { v: 1 } }, ['v']); console.table('plain');
console.count(); console.count('n'); console.count(); console.countReset(); console.count(); console.assert(true, 'no');
console.log('%s=%d', 'x', 5, 'more', { y: 1 }); console.log('%c styled', 'color: red'); console.log('100%', 1); console.log('%s', Symbol('a'), null, undefined, 5n, [1], { a: { b: 1 } }, () => {}, new Date(0));
console.dir({ a: { b: { c: {} } } }, { depth: 0 }); console.dirxml([1], { b: 2 }); console.log(); console.log('');
const { Console } = require('console'), { PassThrough } = require('stream'); const out = new PassThrough(); const own = new Console(out); own.log('own %d', 1); own.group('g'); own.error('e'); console.log(JSON.stringify(String(out.read())));
const { log } = console; log('detached', typeof console.time, typeof console.timeEnd);
