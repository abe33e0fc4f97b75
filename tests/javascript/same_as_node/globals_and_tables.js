// Tables, addresses, query strings, interfaces, warnings: what scripts use in passing.
const url = require('url'), querystring = require('querystring'), os = require('os');

for (const data of [[{ a: 1, b: 'x' }, { a: 2, c: { d: 1 } }], { x: { v: 1 }, y: { v: 2 } }, ['p', 'q'], 5,
                    new Map([['k', 1]]), [[1, 2], [3]], new Set([1]), []]) {
  console.table(data);
}
console.table([{ a: 1, b: 2 }], ['b']);
console.log(url.format({ protocol: 'http', host: 'a.b', pathname: '/x', query: { a: 1 } }),
            url.format({ protocol: 'https:', hostname: 'a.b', port: 8080, search: '?q', hash: 'h' }),
            url.format(new URL('http://a.b/c')), url.resolve('http://a.b/c/d', '../e'), url.resolve('/one/two', 'three'));
console.log(querystring.parse('a=1&b=2&b=3'), querystring.stringify({ a: 1, b: ['x', 'y'] }));
console.log(btoa('abc'), atob('YWJj'), require('tty').isatty(99));
for (const [name, addresses] of Object.entries(os.networkInterfaces())) {
  for (const one of addresses) console.log(name, one);
}
console.log(Object.keys(process.resourceUsage()), process.resourceUsage().maxRSS > 1000);
console.log(require('assert/strict') !== undefined, require('util/types').isDate(new Date()), require('path/posix').sep);
process.on('warning', ({ name, code, message }) => console.log('warning', name, code, message));
process.stderr.write = () => {};
process.emitWarning('plain');
process.emitWarning('typed', 'Special', 'CODE');
process.emitWarning('with options', { type: 'T', code: 'C', detail: 'more' });

const controller = new AbortController();
require('fs').promises.readFile(__filename, { signal: controller.signal }).catch(({ name, code, message }) => console.log(name, code, message));
controller.abort();
