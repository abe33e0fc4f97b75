// The module `assert`.
'use strict';

const { inspect } = require('internal_inspect');

class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    this.name = 'AssertionError';
    Object.assign(this, { code: 'ERR_ASSERTION', actual, expected, operator,
                          generatedMessage: message === undefined });
  }
}

function fail(actual, expected, operator, message, otherwise) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? otherwise, actual, expected, operator });
}

const sameValue = (left, right, strict) =>
  strict ? Object.is(left, right) : left == right || (left !== left && right !== right);

function isDeepEqual(left, right, strict, seen = new Map()) {
  if (sameValue(left, right, strict)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (strict && Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (Object.prototype.toString.call(left) !== Object.prototype.toString.call(right)) return false;
  if (seen.get(left) === right) return true;
  seen.set(left, right);
  if (left instanceof Date) return left.getTime() === right.getTime();
  if (left instanceof RegExp) return String(left) === String(right);
  if (left instanceof Error && (left.message !== right.message || left.name !== right.name)) return false;
  if (left instanceof Set) {
    return left.size === right.size && [...left].every((each) => right.has(each) ||
      [...right].some((other) => isDeepEqual(each, other, strict, seen)));
  }
  if (left instanceof Map) {
    return left.size === right.size && [...left].every(([key, value]) =>
      right.has(key) && isDeepEqual(value, right.get(key), strict, seen));
  }
  const keys = Object.keys(left), others = Object.keys(right);
  return keys.length === others.length && keys.every((key) =>
    Object.prototype.hasOwnProperty.call(right, key) && isDeepEqual(left[key], right[key], strict, seen));
}

const shown = (value) => inspect(value, { depth: 5 });

function assert(value, message) {
  if (!value) fail(value, true, '==', message, 'The expression evaluated to a falsy value');
}
const comparison = (name, holds, sentence) => {
  assert[name] = (actual, expected, message) => {
    if (!holds(actual, expected)) {
      fail(actual, expected, name, message, `${sentence}:\n\n${shown(actual)}\n\nand\n\n${shown(expected)}`);
    }
  };
};
comparison('equal', (a, b) => sameValue(a, b, false), 'Expected values to be loosely equal');
comparison('notEqual', (a, b) => !sameValue(a, b, false), 'Expected values to be loosely unequal');
comparison('strictEqual', (a, b) => Object.is(a, b), 'Expected values to be strictly equal');
comparison('notStrictEqual', (a, b) => !Object.is(a, b), 'Expected values to be strictly unequal');
comparison('deepEqual', (a, b) => isDeepEqual(a, b, false), 'Expected values to be loosely deep-equal');
comparison('deepStrictEqual', (a, b) => isDeepEqual(a, b, true), 'Expected values to be strictly deep-equal');
comparison('notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true), 'Expected values not to be deep-equal');
comparison('match', (a, b) => b.test(a), 'The input did not match the expression');
comparison('doesNotMatch', (a, b) => !b.test(a), 'The input matched the expression');

function isExpected(error, expected) {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function')
    return expected.prototype !== undefined && error instanceof expected || expected(error) === true;
  return Object.entries(expected).every(([key, value]) =>
    value instanceof RegExp ? value.test(error[key]) : isDeepEqual(error[key], value, true));
}

assert.throws = (run, expected, message) => {
  try {
    run();
  } catch (error) {
    if (!isExpected(error, expected)) throw error;
    return;
  }
  fail(undefined, expected, 'throws', message, 'Missing expected exception.');
};
assert.rejects = async (promise, expected, message) => {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    if (!isExpected(error, expected)) throw error;
    return;
  }
  fail(undefined, expected, 'rejects', message, 'Missing expected rejection.');
};
assert.doesNotThrow = (run) => { run(); };
assert.fail = (message = 'Failed') => fail(undefined, undefined, 'fail', message);
assert.ifError = (error) => { if (error !== null && error !== undefined) throw error; };
assert.ok = assert;
Object.assign(assert, { AssertionError, isDeepEqual });
assert.strict = Object.assign((value, message) => assert(value, message), assert,
                              { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual });

module.exports = assert;
