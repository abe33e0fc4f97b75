// Errors: names, codes, causes, properties; without the lines of the stack.
const util = require('util');
const show = (value) => console.log(util.inspect(value).split('\n').filter((line) => !/^ +at |matching cause/.test(line)).join('\n'));
class Mine extends Error { constructor(message) { super(message); this.name = 'Mine'; this.code = 'E_MINE'; } }
class Quiet extends TypeError {}
show(new Mine('m')); show(new Quiet('q')); show(new Error('outer', { cause: new Error('inner') })); show(new AggregateError([new Error('1'), new RangeError('2')], 'both'));
show(Object.assign(new Error('props'), { errno: -2, code: 'ENOENT', nested: { a: [1] } })); show([new Error('in a list')]); show({ e: new Error('inside') });
const bare = new Error('bare'); delete bare.stack; show(bare); bare.stack = 'own text'; show(bare); show(new Error('two\nlines')); show(new Error(''));
console.log(String(new Mine('x')), Object.prototype.toString.call(new Mine('x')), new Mine('x') instanceof Error);
