// Where console.log() breaks lists and objects into lines.
console.log(Array.from({ length: 120 }, (_, i) => i), Array(101).fill('x'), Array.from({ length: 27 }, (_, i) => 'item ' + i * 37));
console.log([1.5, -0, NaN, 'text', null, undefined, true, 10n, Symbol('s')], [, 1, , , 2], [[[[1]]], { a: { b: { c: {} } } }]);
console.log({ a: { b: { c: 1 } } }, { a: { b: { c: {} } } }, [{ a: 1, b: { c: [] } }, { d: [1, 2, [3]] }], new Map([[{ k: 1 }, new Set([[1]])]]));
console.log({ first: 'aaaaaaaaaaaaaaaaaaaaaaaa', second: 'bbbbbbbbbbbbbbbbbbbbbbbb', third: ['c', 'd'], f() {}, g: class A {}, h: async () => {}, i: function* named() {} });
console.log(Array.from({ length: 9 }, (_, i) => ({ id: i })), new Uint8Array(20), Object.assign([1, 2, 3, 4, 5, 6, 7, 8], { extra: true }), { text: 'a line\n'.repeat(14) });
console.log([['a', 1], ['b', 2]], [new Date(0), /x/g, new Error('inside').message], { 'needs-quotes': 1, 2: 3, [Symbol('k')]: 4, get g() { return 1; }, set s(v) {} });
