// What the kinds of values look like.
class Point { constructor() { this.x = 1; } static origin = 0; get half() { return 0; } }
class Named extends Map {}
console.log(new Point(), Point, [Point], new Named([[1, 2]]), Object.create(null), Object.create(Point.prototype), new (class extends Array {})(2));
console.log(new Map([[1, 2]]).entries(), new Set([1]).values(), [1].values(), (function*() {})(), Promise.resolve(1), new Promise(() => {}), new WeakMap(), new Proxy({ a: 1 }, {}));
console.log(Object(1), Object('s'), Object(true), Object(Symbol('y')), Math.max, class {}, () => {}, new ArrayBuffer(3), new DataView(new ArrayBuffer(1)), Buffer.from('hi'), new SharedArrayBuffer(1));
const ring = { name: 'ring', list: [] }; ring.self = ring; ring.list.push(ring); console.log(ring, [ring]);
console.log(new URL('http://user@host:81/p?q=1#h'), new URLSearchParams('a=1&b=2'), new AbortController(), process.memoryUsage().rss > 0, globalThis === global);
const util = require('util');
console.log(util.inspect({ a: { b: { c: 1 } } }, { depth: 0 }), util.inspect('text'), util.inspect({ b: 1, a: 2 }, { sorted: true }), util.inspect([1, [2]], { compact: false }), util.inspect({ a: 1, s: 'x' }, { colors: true }), util.format('%s %d %i %f %j %o %O %%', 'a', '1', 2.9, '3.5', { x: 1 }, [1], { y: { z: {} } }));
