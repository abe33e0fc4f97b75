// The module `console` and the global of that name.
'use strict';

const { inspect } = require('internal_inspect');
const { formatWithOptions } = require('internal_format');
const { process } = require('process');

const elapsed = (started) => {
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)}s`;
  const two = (value) => String(Math.floor(value)).padStart(2, '0');
  const rest = `${two(seconds % 60)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${rest} (m:ss.mmm)`
    : `${Math.floor(seconds / 3600)}:${two(seconds / 60 % 60)}:${two(seconds % 60)} (h:mm:ss)`;
};

class Console {
  #stdout;
  #stderr;
  #options;
  #indent = '';
  #counts = new Map();
  #times = new Map();
  #step;

  constructor(options, stderr) {
    const given = typeof options?.write === 'function' ? { stdout: options, stderr } : options;
    this.#stdout = () => given.stdout;
    this.#stderr = () => given.stderr ?? given.stdout;
    this.#options = given;
    this.#step = ' '.repeat(given.groupIndentation ?? 2);
    // Methods work without their object too: `const { log } = console`.
    for (const name of methods) this[name] = Console.prototype[name].bind(this);
    for (const [name, same] of Object.entries(aliases)) this[name] = this[same];
  }

  #inspectOptions(stream) {
    const { colorMode = 'auto', inspectOptions } = this.#options;
    const colors = colorMode === 'auto' ? stream.isTTY === true && process.env.NO_COLOR === undefined : colorMode;
    return { colors, ...inspectOptions };
  }
  #write(stream, text) {
    if (this.#indent !== '') text = text.replace(/^/gm, this.#indent);
    stream.write(`${text}\n`);
  }
  #print(stream, values) {
    this.#write(stream, values.length === 0 ? '' : formatWithOptions(this.#inspectOptions(stream), ...values));
  }
  #warn(text) { process.emitWarning(text); }

  log(...values) { this.#print(this.#stdout(), values); }
  error(...values) { this.#print(this.#stderr(), values); }
  dir(value, options) {
    const stream = this.#stdout();
    this.#write(stream, inspect(value, { customInspect: false, ...this.#inspectOptions(stream), ...options }));
  }
  assert(holds, ...values) {
    if (holds) return;
    values[0] = `Assertion failed${values.length === 0 ? '' : `: ${values[0]}`}`;
    this.error(...values);
  }
  count(label = 'default') {
    label = `${label}`;
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
    this.log(`${label}: ${this.#counts.get(label)}`);
  }
  countReset(label = 'default') {
    if (!this.#counts.delete(`${label}`)) this.#warn(`Count for '${label}' does not exist`);
  }
  time(label = 'default') {
    label = `${label}`;
    if (this.#times.has(label)) this.#warn(`Label '${label}' already exists for console.time()`);
    else this.#times.set(label, process.hrtime.bigint());
  }
  #tellTime(method, label, values) {
    if (!this.#times.has(label)) { this.#warn(`No such label '${label}' for console.${method}()`); return false; }
    this.#print(this.#stdout(), ['%s: %s', label, elapsed(this.#times.get(label)), ...values]);
    return true;
  }
  timeLog(label = 'default', ...values) { this.#tellTime('timeLog', `${label}`, values); }
  timeEnd(label = 'default') { if (this.#tellTime('timeEnd', `${label}`, [])) this.#times.delete(`${label}`); }
  trace(...values) {
    const error = { name: 'Trace', message: formatWithOptions({}, ...values) };
    Error.captureStackTrace(error, this.trace);
    this.error(error.stack);
  }
  group(...values) {
    if (values.length > 0) this.log(...values);
    this.#indent += this.#step;
  }
  groupEnd() { this.#indent = this.#indent.slice(this.#step.length); }
  table(data, columns) {
    if (typeof data !== 'object' || data === null) this.log(data);
    else this.log(require('internal_table').table(data, columns));
  }
  clear() {
    const stream = this.#stdout();
    if (stream.isTTY && process.env.TERM !== 'dumb') stream.write('\x1b[1;1H\x1b[0J');
  }
  timeStamp() {}
  profile() {}
  profileEnd() {}
}
const methods = Object.getOwnPropertyNames(Console.prototype).filter((name) => name !== 'constructor');
const aliases = { info: 'log', debug: 'log', dirxml: 'log', warn: 'error', groupCollapsed: 'group' };

const console = new Console({ get stdout() { return process.stdout; }, get stderr() { return process.stderr; } });
Object.assign(console, { Console, context: () => ({}) });
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
const bound = console;
for (const name of methods) Object.defineProperty(bound[name], 'name', { value: name });

module.exports = { console };
