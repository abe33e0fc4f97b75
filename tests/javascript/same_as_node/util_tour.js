const util = require('util');
console.log(
  util.format(
    '%s %d %i %f %j %o %O %% %c',
    'a',
    '42',
    3.9,
    '1.5',
    { x: 1 },
    [1],
    { y: { z: { w: {} } } },
    'css'
  ),
  util.format(1, 2, '3'),
  util.format('%s', null, undefined, Symbol('s'), 5n, -0, () => 1, class X {})
);
console.log(
  util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }),
  util.inspect('str'),
  util.inspect(new Map([['k', new Set([1])]]), { showHidden: true }),
  util.inspect([1, 2, 3], { compact: false }),
  util.inspect({ b: 1, a: 2 }, { sorted: true })
);
class Money {
  constructor(n) {
    this.n = n;
  }
  [util.inspect.custom](depth, opts) {
    return `$${this.n} ${depth}`;
  }
}
console.log(new Money(5), { m: new Money(1) }, [new Money(2)]);
console.log(
  util.inspect(
    { s: 'x', n: 1, b: true, u: undefined, z: null, f() {}, d: new Date(0), r: /a/ },
    { colors: true }
  )
);
console.log(
  util.isDeepStrictEqual({ a: [1] }, { a: [1] }),
  util.types.isPromise(Promise.resolve()),
  util.types.isRegExp(/x/),
  util.types.isProxy(new Proxy({}, {})),
  util.types.isGeneratorFunction(function* () {}),
  util.types.isAsyncFunction(async () => {})
);
const p = util.promisify((a, cb) => (a ? cb(null, a * 2) : cb(new Error('falsy'))));
p(2).then(console.log);
p(0).catch((e) => console.log(e.message));
util.callbackify(async (x) => {
  if (!x) throw null;
  return x;
})(0, (e) => console.log(e.code, e.message, e.reason));
console.log(
  util.inherits.length,
  util.stripVTControlCharacters('\x1b[31mred\x1b[0m'),
  util.toUSVString('a\ud800'),
  new util.TextEncoder().encode('é'),
  new util.TextDecoder('utf-16le').decode(new Uint8Array([65, 0]))
);
console.log(
  util.parseArgs({
    args: ['-f', '--bar', 'b', 'pos', '--no'],
    options: {
      foo: { type: 'boolean', short: 'f' },
      bar: { type: 'string', multiple: true },
      no: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
);
try {
  util.parseArgs({ args: ['--x'], options: {} });
} catch (e) {
  console.log(e.code, e.message);
}
console.log(
  util.inspect(new Proxy({ a: 1 }, {}), { showProxy: true }),
  [, 1, , ,],
  [undefined],
  Object.create(null),
  Object.create({}),
  new (class extends Map {})([[1, 2]]),
  [new Error('x').message],
  {
    [Symbol('k')]: 1,
    'with-dash': 2,
    get g() {
      return 1;
    },
    set s(v) {},
    get gs() {
      return 1;
    },
    set gs(v) {},
  }
);
console.log(
  process.versions.v8 !== undefined,
  new WeakSet(),
  new WeakMap(),
  Symbol.iterator,
  [1.5, -0, NaN],
  new Array(200).fill(7).length,
  'x'.repeat(20),
  ['a'.repeat(80), 'b'.repeat(80)],
  new Number(3),
  new String('s'),
  Object(Symbol('q')),
  Object(1n),
  (function () {
    return arguments;
  })(1, 2),
  globalThis === global,
  async () => {},
  function* g() {},
  async function* ag() {},
  Math,
  JSON,
  Reflect,
  new Int8Array(3),
  new ArrayBuffer(4),
  new DataView(new ArrayBuffer(2)),
  new SharedArrayBuffer(2)
);
console.log(util.debuglog('x').enabled, util.getSystemErrorName(-2), util.aborted !== undefined);
console.log(
  new Set([[1, 2], { a: 1 }]),
  new Map([[{ k: 1 }, 'v']]),
  [[[[]]]],
  [[[[1]]]],
  { a: [{ b: [{}] }] },
  new Map().entries(),
  new Map([[1, 2]]).keys(),
  [1, 2][Symbol.iterator](),
  'x'.matchAll(/x/g)
);
