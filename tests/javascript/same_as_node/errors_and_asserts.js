const assert = require('assert');
for (const f of [
  () => assert.equal(1, 2),
  () => assert.strictEqual('a', 'b', 'own message'),
  () => assert.ok(0, 'nope'),
  () => assert.throws(() => {}),
  () =>
    assert.throws(() => {
      throw new Error('x');
    }, /y/),
  () =>
    assert.doesNotThrow(() => {
      throw new Error('boom');
    }),
  () => assert.notStrictEqual(1, 1),
  () => assert.match('abc', /x/),
  () => assert.fail('failed'),
  () => assert.ifError(new Error('if')),
  () => assert.rejects(5),
])
  try {
    const r = f();
    r?.catch?.((e) => console.log('async', e.code));
  } catch (e) {
    console.log(e.name, e.code, e.message.split('\n')[0], e.generatedMessage, e.operator);
  }
assert.deepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] });
assert.rejects(Promise.reject(new TypeError('t')), TypeError).then(() => console.log('rejected well'));
class HttpError extends Error {
  constructor(status, message, options) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
  }
}
const e = new HttpError(404, 'none', { cause: new Error('root') });
console.log(e.name, e.status, e.cause.message, e instanceof Error, `${e}`, Object.keys(e), e.toString());
console.log(
  new AggregateError([new Error('1')], 'many').errors.length,
  Error.stackTraceLimit,
  typeof Error.captureStackTrace
);
const o = {};
Error.captureStackTrace(o);
console.log(typeof o.stack);
try {
  null.x;
} catch (x) {
  console.log(x.name, x.message);
}
try {
  undefinedVar;
} catch (x) {
  console.log(x.message);
}
try {
  JSON.parse('{bad');
} catch (x) {
  console.log(x.name, x.message);
}
try {
  new Array(-1);
} catch (x) {
  console.log(x.message);
}
try {
  (1).toFixed(200);
} catch (x) {
  console.log(x.message);
}
try {
  decodeURIComponent('%');
} catch (x) {
  console.log(x.name, x.message);
}
try {
  require('./nothing');
} catch (x) {
  console.log(x.code, x.message.split('\n')[0]);
}
try {
  require('fs').readFileSync(5.5);
} catch (x) {
  console.log(x.code, x.message);
}
try {
  require('fs').readFile('x');
} catch (x) {
  console.log(x.code, x.message);
}
try {
  setTimeout('x');
} catch (x) {
  console.log(x.code, x.message);
}
try {
  process.nextTick();
} catch (x) {
  console.log(x.code, x.message);
}
try {
  new URL('nope');
} catch (x) {
  console.log(x.code, x.message, x.input);
}
try {
  process.chdir('/nope');
} catch (x) {
  console.log(x.code, x.message);
}
try {
  process.kill(process.pid, 'SIGNOPE');
} catch (x) {
  console.log(x.code, x.message);
}
try {
  require('net').connect({ port: 99999 });
} catch (x) {
  console.log(x.code, x.message);
}
try {
  new (require('events'))().emit('error', 'str');
} catch (x) {
  console.log(x.code, x.message);
}
try {
  require('crypto').randomBytes(-1);
} catch (x) {
  console.log(x.code, x.message);
}
try {
  process.exitCode = 'a';
} catch (x) {
  console.log(x.code);
}
process.exitCode = 0;
