// The module `node:test`: tests that run one after the other and are told as TAP. A test that fails makes
// the exit code 1.
'use strict';

const { Test, parametersOf } = require('internal_test');
const { TapReport, getCallerPlace } = require('internal_test_report');

const begun = require('perf_hooks').performance.now();
let root;

function rootTest() {
  if (root !== undefined) return root;
  root = new Test(null, 'root', { name: '', options: {}, fn: () => {} });
  root.report = new TapReport();
  process.on('beforeExit', finish);
  process.on('exit', () => { if (!root.isOver) { giveUp(root); finish(); } });
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => blame(error, event));
  return root;
}

// The innermost test at work answers for what nobody has caught.
function blame(error, event) {
  const test = Test.storage.getStore();
  const type = event === 'uncaughtException' ? 'uncaughtException' : 'unhandledRejection';
  if (test !== undefined && !test.isOver) {
    test.fails(Object.assign(new Error(error?.message ?? String(error)), { failureType: type, cause: error }));
    return;
  }
  root.diagnostics.push(`Warning: Test "${test?.name ?? 'unknown'}" generated asynchronous activity after the test ended. This activity created the error "${error}" and would have caused the test to fail, but instead triggered an ${type} event.`);
  process.exitCode = 1;
}

// Whoever waits for what will not come.
function giveUp(test) {
  for (const child of test.children) {
    if (child.isOver) continue;
    giveUp(child);
    child.fails(Object.assign(new Error('Promise resolution is still pending but the event loop has already resolved'), { failureType: 'cancelledByParent' }));
    child.isOver = true;
    child.duration = 0;
    root.report.ended(child);
  }
}

async function finish() {
  if (root.isOver || root.isEnding) return;
  giveUp(root);
  root.isEnding = true;
  await root.runHooks('after', root);
  root.isOver = true;
  root.report.finish(root, require('perf_hooks').performance.now() - begun);
  if (root.failedChildren.length > 0) process.exitCode = 1;
}

const parentNow = () => Test.current ?? rootTest();

function adder(kind, more = {}) {
  return (...values) => {
    const parameters = parametersOf(...values);
    const made = parentNow().add(kind, { ...parameters, options: { ...parameters.options, ...more } }, getCallerPlace());
    return kind === 'test' && Test.current === undefined ? made.ended : undefined;
  };
}

function withVariants(kind) {
  const add = adder(kind);
  for (const name of ['skip', 'todo', 'only']) add[name] = adder(kind, { [name]: true });
  return add;
}

const test = withVariants('test');
const suite = withVariants('suite');
const hook = (name) => (fn) => { parentNow().hooks[name].push(fn); };
let tracker;

module.exports = Object.assign(test, {
  test, it: withVariants('test'), describe: suite, suite,
  before: hook('before'), after: hook('after'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'),
  run() { throw require('internal_errors').withCode(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The run() method is not implemented'); },
});
Object.defineProperty(test, 'mock', { enumerable: true, get: () => tracker ??= new (require('internal_test_mock').MockTracker)() });
