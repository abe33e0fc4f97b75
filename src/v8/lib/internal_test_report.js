// What `node:test` prints: TAP, version 13.
'use strict';

const { inspect } = require('internal_inspect');

// Where the test was written: the first place outside of ours.
function getCallerPlace() {
  const line = new Error().stack.split('\n').slice(1).find((one) => !/\(violet:|at violet:|\(node:/.test(one));
  return /\(?((?:file:\/\/)?\/?[^()\s]+:\d+:\d+)\)?$/.exec(line ?? '')?.[1];
}

const escaped = (text) => String(text).replace(/\\/g, '\\\\').replace(/#/g, '\\#').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');

function quoted(key, text, indent, isBlock = text.includes('\n')) {
  if (!isBlock) return `${indent}${key}: ${inspect(text)}\n`;
  return `${indent}${key}: |-\n${text.split('\n').map((line) => `${indent}  ${line}\n`).join('')}`;
}

function stackOf(error) {
  const lines = (typeof error?.stack === 'string' ? error.stack : '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.map((line) => line.replace(/^\s+at /, '')).filter((line) => !/violet:|^new Promise \(<anonymous>\)$/.test(line)).join('\n');
}

// What is wrong, as YAML.
function detailsOf(test, indent) {
  let text = '';
  if (test.isSuite) text += `${indent}type: 'suite'\n`;
  if (test.error === null) return text;
  const { error, type, told } = test.error;
  if (test.place !== undefined) text += `${indent}location: '${test.place}'\n`;
  text += `${indent}failureType: '${type}'\n`;
  const isError = error instanceof Error && type === 'testCodeFailure';
  const message = isError ? error.message : told ?? (typeof error === 'string' ? error : inspect(error));
  text += quoted('error', message, indent);
  text += `${indent}code: '${(isError ? error.code : undefined) ?? 'ERR_TEST_FAILURE'}'\n`;
  if (!isError) return text;
  if (error.name !== 'Error') text += `${indent}name: '${error.name}'\n`;
  if (error.code === 'ERR_ASSERTION') {
    const shown = (key) => typeof error[key] === 'string' ? quoted(key, error[key], indent)
      : error[key] !== null && typeof error[key] === 'object' ? Object.entries(error[key]).reduce((all, [name, value]) => `${all}${indent}  ${name}: ${typeof value === 'string' ? `'${value}'` : String(value)}\n`, `${indent}${key}:\n`)
        : `${indent}${key}: ${String(error[key])}\n`;
    if ('expected' in error) text += shown('expected');
    if ('actual' in error) text += shown('actual');
    if (error.operator !== undefined) text += `${indent}operator: '${error.operator}'\n`;
  }
  const stack = stackOf(error);
  return stack === '' ? text : text + quoted('stack', stack, indent, true);
}

class TapReport {
  #write = (text) => process.stdout.write(text);
  #isBegun = false;
  #told = new Set();
  counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };

  started() {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#write('TAP version 13\n');
  }

  // Its name comes before what its subtests say.
  #open(test) {
    if (test.parent === null || this.#told.has(test)) return;
    this.#open(test.parent);
    this.#told.add(test);
    this.#write(`${' '.repeat(4 * (test.depth - 1))}# Subtest: ${escaped(test.name)}\n`);
  }

  ended(test) {
    this.#count(test);
    this.#open(test);
    const indent = ' '.repeat(4 * (test.depth - 1));
    if (test.children.length > 0) this.#write(`${indent}    1..${test.children.length}\n`);
    const { skip, todo } = test;
    const directive = skip !== undefined ? ` # SKIP${skip.told === '' ? '' : ` ${escaped(skip.told)}`}` : todo !== undefined ? ` # TODO${todo.told === '' ? '' : ` ${escaped(todo.told)}`}` : '';
    let text = `${indent}${test.isFailed ? 'not ok' : 'ok'} ${test.number} - ${escaped(test.name)}${directive}\n`;
    text += `${indent}  ---\n${indent}  duration_ms: ${test.duration.toFixed(6).replace(/\.?0+$/, '')}\n${detailsOf(test, `${indent}  `)}${indent}  ...\n`;
    for (const message of test.diagnostics) text += `${indent}# ${message}\n`;
    this.#write(text);
  }

  #count(test) {
    const { counts } = this;
    if (test.isSuite) { counts.suites++; return; }
    counts.tests++;
    if (test.skip !== undefined) counts.skipped++;
    else if (test.todo !== undefined) counts.todo++;
    else if (!test.isFailed) counts.pass++;
    else if (/^(cancelledByParent|testTimeoutFailure|parentAlreadyFinished)$/.test(test.error.type)) counts.cancelled++;
    else counts.fail++;
  }

  finish(root, duration) {
    let text = `1..${root.children.length}\n`;
    for (const message of root.diagnostics) text += `# ${message}\n`;
    for (const [name, count] of Object.entries(this.counts)) text += `# ${name} ${count}\n`;
    this.#write(`${text}# duration_ms ${duration.toFixed(6)}\n`);
  }
}

module.exports = { TapReport, getCallerPlace };
