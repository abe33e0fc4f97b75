// node:test: what a file of tests prints, without times and stacks.
const { spawnSync } = require('child_process');
const path = require('path');
const fs = require('fs');
const PROGRAMS = {
  passing: `
    const { test } = require('node:test');
    const assert = require('assert');
    test('sync', () => assert.strictEqual(1, 1));
    test('async', async () => { await null; });
    test('callback', (t, done) => setImmediate(done));
    test('with subtests', async (t) => {
      t.diagnostic('said of it');
      await t.test('first', () => {});
      await t.test('second', { skip: 'not today' }, () => {});
    });
    test('left out', { skip: true }, () => { throw new Error('never'); });
    test('to do', { todo: 'later' }, () => {});
    test('leaves itself out', (t) => t.skip('reason'));
    test.skip('left out by name', () => {});
    test.todo('to do by name');`,
  failing: `
    const test = require('node:test');
    const assert = require('assert');
    test('not equal', () => assert.strictEqual(1, 2));
    test('throws', () => { throw new TypeError('wrong kind'); });
    test('rejects', async () => { await null; throw new Error('it\\'s late'); });
    test('tells callback', (t, done) => done(new Error('told')));
    test('both', (t, done) => Promise.resolve());
    test('parent', async (t) => { await t.test('child', () => { throw new Error('inner'); }); await t.test('fine', () => {}); });
    test('too slow', { timeout: 10 }, () => new Promise((resolve) => setTimeout(resolve, 100)));
    test('thrown string', () => { throw 'text'; });`,
  suites: `
    const { describe, it, before, after, beforeEach, afterEach } = require('node:test');
    const assert = require('assert');
    const log = [];
    describe('a stack', () => {
      before(() => log.push('before'));
      after(() => { log.push('after'); require('fs').writeFileSync(process.env.LOG, JSON.stringify(log)); });
      beforeEach(() => log.push('each'));
      afterEach(() => log.push('each end'));
      it('is empty', () => log.push('one'));
      it('takes', async () => { await null; log.push('two'); });
      describe('with something', () => {
        it('gives', () => log.push('three'));
        it.skip('does not', () => {});
      });
    });`,
  mocks: `
    const { test, mock } = require('node:test');
    const assert = require('assert');
    test('functions', () => {
      const sum = mock.fn((a, b) => a + b);
      assert.strictEqual(sum.mock.calls.length, 0);
      assert.strictEqual(sum(3, 4), 7);
      sum.mock.mockImplementationOnce(() => 'once');
      assert.strictEqual(sum(1), 'once');
      assert.deepStrictEqual(sum.mock.calls.map((call) => [call.arguments, call.result]), [[[3, 4], 7], [[1], 'once']]);
    });
    test('methods', (t) => {
      const object = { value: 5, add(a) { return this.value + a; } };
      t.mock.method(object, 'add', () => 'mocked');
      assert.strictEqual(object.add(1), 'mocked');
      assert.strictEqual(object.add.mock.calls[0].this, object);
      object.add.mock.restore();
      assert.strictEqual(object.add(1), 6);
    });`,
};
const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'tests-'));
for (const [name, code] of Object.entries(PROGRAMS)) {
  const file = path.join(folder, `${name}.js`);
  fs.writeFileSync(file, code);
  const { stdout, status } = spawnSync(process.execPath, [file], { encoding: 'utf8', env: { ...process.env, LOG: path.join(folder, 'log') } });
  const shown = stdout.replace(/duration_ms:? .*/g, 'duration_ms').replace(/ +stack: \|-\n(.*\n)*?( +\.\.\.\n)/g, '$2').replaceAll(folder, '');
  console.log(`${name}: ${status}\n${shown}`);
}
console.log(fs.readFileSync(path.join(folder, 'log'), 'utf8'));
fs.rmSync(folder, { recursive: true });
