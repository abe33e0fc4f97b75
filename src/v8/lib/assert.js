// The module `assert`.
'use strict';

const { inspect } = require('internal_inspect');
const { nameCode } = require('internal_errors');

class AssertionError extends Error {
  constructor({ message, actual, expected, operator, isGenerated = message === undefined }) {
    super(message);
    this.name = 'AssertionError';
    Object.assign(this, { code: 'ERR_ASSERTION', actual, expected, operator,
                          generatedMessage: isGenerated });
    nameCode(this, 'ERR_ASSERTION');
  }
}

function fail(actual, expected, operator, message, otherwise) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? otherwise, actual, expected, operator, isGenerated: message === undefined && otherwise !== undefined });
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

const shown = (value) => inspect(value, { depth: 1000, compact: false, sorted: true, maxArrayLength: Infinity, breakLength: Infinity });
const isPlain = (value) => (typeof value !== 'object' || value === null) && typeof value !== 'function';

// Two values that should have been one: side by side where they are short, else line by line.
function difference(actual, expected, sentence) {
  const [left, right] = [shown(actual).split('\n'), shown(expected).split('\n')];
  if (left.length === 1 && right.length === 1 && isPlain(actual) && isPlain(expected) && left[0] !== right[0] &&
      left[0].length + right[0].length < 60) {
    return `${sentence}:\n\n${left[0]} !== ${right[0]}\n`;
  }
  return `${sentence}:\n+ actual - expected\n\n${lineByLine(left, right).join('\n')}`;
}

// The longest common row of lines stays, the others are marked.
function lineByLine(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) { lines.push(`  ${left[i++]}`); j++; }
    else if (i < left.length && (j === right.length || lengths[i + 1][j] >= lengths[i][j + 1])) lines.push(`+ ${left[i++]}`);
    else lines.push(`- ${right[j++]}`);
  }
  return lines;
}

function assert(value, message) {
  if (!value) fail(value, true, '==', message, 'The expression evaluated to a falsy value');
}
const comparison = (name, holds, sentence, tell = difference, operator = name) => {
  assert[name] = (actual, expected, message) => {
    if (!holds(actual, expected)) fail(actual, expected, operator, message, tell(actual, expected, sentence));
  };
};
const brief = (value) => inspect(value, { depth: 5 });
comparison('equal', (a, b) => sameValue(a, b, false), '==', (a, b) => `${brief(a)} == ${brief(b)}`, '==');
comparison('notEqual', (a, b) => !sameValue(a, b, false), '!=', (a, b) => `${brief(a)} != ${brief(b)}`, '!=');
comparison('strictEqual', (a, b) => Object.is(a, b), 'Expected values to be strictly equal');
comparison('notStrictEqual', (a, b) => !Object.is(a, b), 'Expected "actual" to be strictly unequal to', (a, b, sentence) => `${sentence}: ${brief(b)}`);
comparison('deepEqual', (a, b) => isDeepEqual(a, b, false), 'Expected values to be loosely deep-equal',
           (a, b, sentence) => `${sentence}:\n\n${brief(a)}\n\nshould loosely deep-equal\n\n${brief(b)}`);
comparison('notDeepEqual', (a, b) => !isDeepEqual(a, b, false), 'Expected "actual" not to be loosely deep-equal to', (a, b, sentence) => `${sentence}: ${brief(b)}`);
comparison('deepStrictEqual', (a, b) => isDeepEqual(a, b, true), 'Expected values to be strictly deep-equal');
comparison('notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true), 'Expected "actual" not to be strictly deep-equal to', (a, b, sentence) => `${sentence}: ${brief(b)}`);
comparison('match', (a, b) => b.test(a), '', (a, b) => `The input did not match the regular expression ${brief(b)}. Input:\n\n${brief(a)}\n`);
comparison('doesNotMatch', (a, b) => !b.test(a), '', (a, b) => `The input was expected to not match the regular expression ${brief(b)}. Input:\n\n${brief(a)}\n`);

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
assert.doesNotThrow = (run, message) => {
  try {
    run();
  } catch (error) {
    fail(error, undefined, 'doesNotThrow', typeof message === 'string' ? message : undefined,
         `Got unwanted exception.\nActual message: "${error?.message}"`);
  }
};
assert.doesNotReject = async (promise) => { await (typeof promise === 'function' ? promise() : promise); };
assert.fail = (message = 'Failed') => fail(undefined, undefined, 'fail', message);
assert.ifError = (error) => { if (error !== null && error !== undefined) throw error; };
assert.ok = assert;
Object.assign(assert, { AssertionError, isDeepEqual });
assert.strict = Object.assign((value, message) => assert(value, message), assert,
                              { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual });

module.exports = assert;
