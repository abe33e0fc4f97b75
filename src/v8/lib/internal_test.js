// A test of `node:test`: runs its function, its hooks and its subtests, one after the other.
'use strict';

const { getCallerPlace } = require('internal_test_report');

const kHooks = ['before', 'after', 'beforeEach', 'afterEach'];
const now = () => require('perf_hooks').performance.now();

function failure(message, type, cause) {
  const error = Object.assign(new Error(message), { code: 'ERR_TEST_FAILURE', failureType: type, cause });
  return error;
}

// (name, options, fn), each of which may be left out.
function parametersOf(name, options, fn) {
  if (typeof name === 'function') [name, options, fn] = ['', undefined, name];
  else if (name !== null && typeof name === 'object') [name, options, fn] = ['', name, options];
  else if (typeof options === 'function') [options, fn] = [undefined, options];
  return { name: name || fn?.name || '<anonymous>', options: options ?? {}, fn: fn ?? (() => {}) };
}

// Runs fn(context) or fn(context, done); gives up after `timeout`.
function settle(fn, self, given, { timeout, signal } = {}) {
  return new Promise((resolve, reject) => {
    const hasTimeout = timeout !== undefined && timeout !== Infinity;
    const timer = hasTimeout ? setTimeout(() => reject(failure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout) : undefined;
    const end = (action) => (value) => { clearTimeout(timer); action(value); };
    const aborted = () => end(reject)(failure('This operation was aborted', 'cancelledByParent', signal.reason));
    if (signal?.aborted) return aborted();
    signal?.addEventListener('abort', aborted, { once: true });
    const takesDone = fn.length > given.length;
    const done = (error) => error ? end(reject)(error) : end(resolve)();
    let made;
    try {
      made = fn.apply(self, takesDone ? [...given, done] : given);
    } catch (error) {
      return end(reject)(error);
    }
    if (takesDone && typeof made?.then === 'function') return end(reject)(failure('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
    if (!takesDone) Promise.resolve(made).then(end(resolve), end(reject));
    return undefined;
  });
}

class Test {
  constructor(parent, kind, { name, options, fn }, place) {
    Object.assign(this, { parent, kind, name, options, fn, place, children: [], diagnostics: [], error: null, isOver: false });
    this.hooks = Object.fromEntries(kHooks.map((hook) => [hook, []]));
    this.skip = options.skip ? { told: typeof options.skip === 'string' ? options.skip : '' } : undefined;
    this.todo = options.todo ? { told: typeof options.todo === 'string' ? options.todo : '' } : undefined;
    this.depth = parent === null ? 0 : parent.depth + 1;
    this.context = new TestContext(this);
    this.last = Promise.resolve();
  }

  get isSuite() { return this.kind === 'suite'; }
  get number() { return this.parent.children.indexOf(this) + 1; }
  get failedChildren() { return this.children.filter((child) => child.error !== null && child.todo === undefined); }
  get isFailed() { return this.error !== null; }

  // A subtest, which begins when those before it have ended.
  add(kind, parameters, place) {
    const child = new Test(this, kind, parameters, place);
    if (this.isOver) child.fails(failure('test could not be started because its parent finished', 'parentAlreadyFinished'));
    this.children.push(child);
    this.root.report.started(child);
    if (child.isSuite && child.skip === undefined) child.collect();
    const run = () => child.run();
    child.ended = this.isSuite ? undefined : this.last = this.last.then(run);
    return child;
  }
  get root() { return this.parent === null ? this : this.parent.root; }

  // What a suite's function adds is run later.
  collect() {
    const outer = Test.current;
    Test.current = this;
    try {
      const made = this.fn.call(this.context, this.context);
      if (typeof made?.then === 'function') this.collected = made.then(undefined, (error) => this.fails(error));
    } catch (error) {
      this.fails(error);
    } finally {
      Test.current = outer;
    }
  }

  fails(error, type = 'testCodeFailure') {
    if (this.error !== null) return;
    this.error = error?.failureType === undefined ? { error, type } : { error: error.cause ?? error, told: error.message, type: error.failureType };
  }

  async runHooks(hook, self) {
    for (const fn of this.hooks[hook]) await settle(fn, self.context, [self.context]);
  }
  async eachHooks(hook) {
    const owners = [];
    for (let at = this.parent; at !== null; at = at.parent) owners.push(at);
    if (hook === 'beforeEach') owners.reverse();
    for (const owner of owners) await owner.runHooks(hook, this);
  }

  async run() {
    const begun = now();
    if (this.error === null && !(this.isSuite && this.skip !== undefined)) {
      try {
        if (this.isSuite) await this.runSuite();
        else await this.runFunction();
      } catch (error) {
        this.fails(error);
      }
    }
    if (this.failedChildren.length > 0) {
      const count = this.failedChildren.length;
      this.fails(failure(`${count} subtest${count === 1 ? '' : 's'} failed`, 'subtestsFailed'));
    }
    this.isOver = true;
    this.duration = now() - begun;
    this.root.report.ended(this);
  }

  async runSuite() {
    await this.collected;
    await this.runHooks('before', this);
    for (const child of this.children) await child.run();
    await this.runHooks('after', this);
  }

  async runFunction() {
    if (this.parent.parent === null) await this.parent.runBefore();
    const outer = Test.storage.getStore();
    try {
      await this.eachHooks('beforeEach');
      // Hooks run around a test that is left out, too.
      if (this.skip === undefined) await Test.storage.run(this, () => settle(this.fn, this.context, [this.context], this.options));
    } finally {
      Test.storage.enterWith(outer);
      await this.eachHooks('afterEach');
      for (let waited; waited !== this.last;) await (waited = this.last);
      await this.runHooks('after', this);
    }
  }

  // Of the whole file: once, before its first test.
  async runBefore() {
    const hooks = this.hooks.before.splice(0);
    for (const fn of hooks) await settle(fn, this.context, [this.context]);
  }
}
Test.current = undefined;
Test.storage = new (require('async_hooks').AsyncLocalStorage)();

class TestContext {
  #test;
  constructor(test) { this.#test = test; }
  get name() { return this.#test.name; }
  get signal() { return (this.#test.controller ??= new AbortController()).signal; }
  get mock() { return this.#test.mock ??= new (require('internal_test_mock').MockTracker)(); }
  diagnostic(message) { this.#test.diagnostics.push(message); }
  skip(message) { this.#test.skip = { told: message ?? '' }; }
  todo(message) { this.#test.todo = { told: message ?? '' }; }
  runOnly() {}
  before(fn) { this.#test.hooks.before.push(fn); }
  after(fn) { this.#test.hooks.after.push(fn); }
  beforeEach(fn) { this.#test.hooks.beforeEach.push(fn); }
  afterEach(fn) { this.#test.hooks.afterEach.push(fn); }
  test(...values) { return this.#test.add('test', parametersOf(...values), getCallerPlace()).ended; }
}

module.exports = { Test, parametersOf };
