// The global `console`.
'use strict';

const { formatWithOptions, inspect } = require('internal_inspect');
const { process } = require('process');

const counts = new Map();
const times = new Map();
let indent = '';

function write(stream, values) {
  const colors = stream.isTTY === true;
  let text = values.length === 0 ? '' : formatWithOptions({ colors }, ...values);
  if (indent !== '') text = text.replace(/^/gm, indent);
  stream.write(`${text}\n`);
}

const elapsed = (started) => {
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms.toFixed(3).replace(/\.?0+$/, '')}ms`;
};

const console = {
  log(...values) { write(process.stdout, values); },
  error(...values) { write(process.stderr, values); },
  dir(value, options) { process.stdout.write(`${inspect(value, { customInspect: false, ...options })}\n`); },
  assert(holds, ...values) {
    if (holds) return;
    if (typeof values[0] === 'string') values[0] = `Assertion failed: ${values[0]}`;
    else values.unshift('Assertion failed');
    write(process.stderr, values);
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    console.log(`${label}: ${counts.get(label)}`);
  },
  countReset(label = 'default') { counts.delete(label); },
  time(label = 'default') { times.set(label, process.hrtime.bigint()); },
  timeLog(label = 'default', ...values) {
    if (times.has(label)) console.log(`${label}: ${elapsed(times.get(label))}`, ...values);
  },
  timeEnd(label = 'default') { console.timeLog(label); times.delete(label); },
  trace(...values) {
    const error = { name: 'Trace', message: formatWithOptions({}, ...values) };
    Error.captureStackTrace(error, console.trace);
    console.error(error.stack.replace(/^\w+/, 'Trace'));
  },
  group(...values) { if (values.length > 0) console.log(...values); indent += '  '; },
  groupEnd() { indent = indent.slice(2); },
  table(data, columns) {
    if (typeof data !== 'object' || data === null) console.log(data);
    else console.log(require('internal_table').table(data, columns));
  },
};
Object.assign(console, { info: console.log, debug: console.log, warn: console.error,
                         groupCollapsed: console.group });

module.exports = { console };
