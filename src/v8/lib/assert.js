// The module `assert`.
'use strict';

const { inspect } = require('internal_inspect');
const { nameCode, withCode, invalidType, received } = require('internal_errors');

class AssertionError extends Error {
  constructor({ message, actual, expected, operator, isGenerated = message === undefined }) {
    super(message);
    this.name = 'AssertionError';
    Object.assign(this, { generatedMessage: isGenerated, code: 'ERR_ASSERTION', actual, expected, operator });
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
const isZero = (value) => value === 0;

// Two values that should have been one: side by side where they are short, else line by line.
function difference(actual, expected, sentence) {
  const [left, right] = [shown(actual).split('\n'), shown(expected).split('\n')];
  if (left.length === 1 && right.length === 1 && isPlain(actual) && isPlain(expected) && left[0] !== right[0] && !(isZero(actual) && isZero(expected)) &&
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

function assert(...values) { check(assert, values); }

function check(callee, values) {
  const [value, message] = values;
  if (value) return;
  if (values.length === 0) fail(value, true, '==', undefined, 'No value argument passed to `assert.ok()`');
  const source = message === undefined ? require('internal_assert_source').sourceOfCall(callee) : undefined;
  fail(value, true, '==', message, source === undefined ? `${inspect(value)} == true` : `The expression evaluated to a falsy value:\n\n  ${source}\n`);
}
const comparison = (name, holds, sentence, tell = difference, operator = name) => {
  assert[name] = (...args) => {
    const [actual, expected, message] = args;
    if (args.length < 2) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
    if (!holds(actual, expected)) fail(actual, expected, operator, message, tell(actual, expected, sentence));
  };
};
const brief = (value) => inspect(value, { depth: 5 });
// One line behind the sentence, several below it.
const toldBehind = (value, sentence) => isPlain(value) ? `${sentence}: ${shown(value)}` : `${sentence}:\n\n${shown(value)}\n`;
comparison('equal', (a, b) => sameValue(a, b, false), '==', (a, b) => `${brief(a)} == ${brief(b)}`, '==');
comparison('notEqual', (a, b) => !sameValue(a, b, false), '!=', (a, b) => `${brief(a)} != ${brief(b)}`, '!=');
comparison('strictEqual', (a, b) => Object.is(a, b), 'Expected values to be strictly equal');
comparison('notStrictEqual', (a, b) => !Object.is(a, b), 'Expected "actual" to be strictly unequal to', (a, b, sentence) => `${sentence}: ${brief(b)}`);
comparison('deepEqual', (a, b) => isDeepEqual(a, b, false), 'Expected values to be loosely deep-equal',
           (a, b, sentence) => `${sentence}:\n\n${shown(a)}\n\nshould loosely deep-equal\n\n${shown(b)}`);
comparison('notDeepEqual', (a, b) => !isDeepEqual(a, b, false), 'Expected "actual" not to be loosely deep-equal to', (a, b, sentence) => `${sentence}: ${brief(b)}`);
comparison('deepStrictEqual', (a, b) => isDeepEqual(a, b, true), 'Expected values to be strictly deep-equal');
comparison('notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true), 'Expected "actual" not to be strictly deep-equal to', (a, b, sentence) => toldBehind(b, sentence));
const wrongText = (text) => typeof text === 'string' ? undefined : `The "string" argument must be of type string. Received ${received(text)}`;
comparison('match', (a, b) => typeof a === 'string' && b.test(a), '', (a, b) => wrongText(a) ?? `The input did not match the regular expression ${brief(b)}. Input:\n\n${brief(a)}\n`);
comparison('doesNotMatch', (a, b) => typeof a === 'string' && !b.test(a), '', (a, b) => wrongText(a) ?? `The input was expected to not match the regular expression ${brief(b)}. Input:\n\n${brief(a)}\n`);

// undefined where the error is the expected one, else what is wrong with it; what is of another kind passes on.
function complaintOf(error, expected) {
  if (expected === undefined || typeof expected === 'string') return undefined;
  if (expected instanceof RegExp) {
    return expected.test(String(error)) ? undefined
      : `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`;
  }
  if (typeof expected !== 'function') return complaintOfParts(error, expected);
  if (expected.prototype !== undefined && error instanceof expected) return undefined;
  if (Error.isPrototypeOf(expected) || expected === Error) {
    return `The error is expected to be an instance of "${expected.name}". Received ` +
      `${error instanceof Error ? `"${error.constructor.name}"\n\nError message:\n\n${error.message}` : `"${inspect(error, { depth: -1 })}"`}`;
  }
  if (expected.call({}, error) === true) return undefined;
  return `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ` +
    `${inspect(expected.call({}, error))}\n\nCaught error:\n\n${error}`;
}

function complaintOfParts(error, expected) {
  const wanted = expected instanceof Error ? ['name', 'message', ...Object.keys(expected)] : Object.keys(expected);
  const agrees = (key) => expected[key] instanceof RegExp && typeof error[key] === 'string' ? expected[key].test(error[key])
    : isDeepEqual(error[key], expected[key], true);
  if (wanted.every(agrees)) return undefined;
  const partsOf = (source) => Object.fromEntries(wanted.filter((key) => key in source).map((key) => [key, source[key]]));
  const other = Object.fromEntries(wanted.map((key) => [key, agrees(key) ? error[key] : expected[key]]));
  return difference(partsOf(error), other, 'Expected values to be strictly deep-equal');
}

function judge(error, expected, message, operator) {
  const complaint = complaintOf(error, expected);
  if (complaint !== undefined) {
    const failure = new AssertionError({ message: message ?? complaint, actual: error, expected, operator, isGenerated: message === undefined });
    throw failure;
  }
}

function tellMissing(what, expected, message, operator) {
  if (typeof expected === 'string') [message, expected] = [expected, undefined];
  if (message instanceof Error) throw message;
  const kind = typeof expected === 'function' && expected.name ? ` (${expected.name})` : '';
  throw new AssertionError({ message: `Missing expected ${what}${kind}${message === undefined ? '.' : `: ${message}`}`, actual: undefined, expected,
                             operator, isGenerated: false });
}

function tellUnwanted(error, what, message, operator) {
  throw new AssertionError({ message: `Got unwanted ${what}${typeof message === 'string' ? `: ${message}` : '.'}\nActual message: "${error?.message}"`,
                             actual: error, expected: undefined, operator, isGenerated: false });
}

assert.throws = (run, expected, message) => {
  if (typeof run !== 'function') throw invalidType('fn', 'function', run);
  try {
    run();
  } catch (error) {
    return judge(error, expected, message, 'throws');
  }
  return tellMissing('exception', expected, message, 'throws');
};
assert.doesNotThrow = (run, expected, message) => {
  if (typeof run !== 'function') throw invalidType('fn', 'function', run);
  try {
    run();
  } catch (error) {
    tellUnwanted(error, 'exception', typeof expected === 'string' ? expected : message, 'doesNotThrow');
  }
};

async function settled(promise) {
  const waited = typeof promise === 'function' ? promise() : promise;
  if (typeof promise === 'function' && typeof waited?.then !== 'function')
    throw withCode(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${waited === undefined ? 'undefined' : received(waited)}.`);
  if (typeof waited?.then !== 'function') throw invalidType('promiseFn', 'function or an instance of Promise', promise);
  try {
    await waited;
  } catch (error) {
    return { error };
  }
  return undefined;
}
assert.rejects = async (promise, expected, message) => {
  const failure = await settled(promise);
  if (failure === undefined) tellMissing('rejection', expected, message, 'rejects');
  judge(failure.error, expected, message, 'rejects');
};
assert.doesNotReject = async (promise, expected, message) => {
  const failure = await settled(promise);
  if (failure !== undefined) tellUnwanted(failure.error, 'rejection', typeof expected === 'string' ? expected : message, 'doesNotReject');
};
assert.fail = (message) => {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? 'Failed', operator: 'fail', isGenerated: message === undefined });
};
assert.ifError = (error) => {
  if (error === null || error === undefined) return;
  const told = typeof error === 'object' && typeof error.message === 'string' ? error.message || error.constructor?.name : inspect(error);
  throw new AssertionError({ message: `ifError got unwanted exception: ${told}`, actual: error, expected: null, operator: 'ifError', isGenerated: false });
};
assert.ok = assert;
Object.assign(assert, { AssertionError, isDeepEqual });
assert.strict = Object.assign((...values) => check(assert.strict, values), assert,
                              { equal: assert.strictEqual, notEqual: assert.notStrictEqual,
                                deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual });
assert.strict.strict = assert.strict;

module.exports = assert;
