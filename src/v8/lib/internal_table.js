// console.table(): rows and columns in a frame.
'use strict';

const { inspect } = require('internal_inspect');

const shown = (value) => inspect(value, { depth: 0, breakLength: Infinity });
const widthOf = (text) => [...text].length;

// [head of the first column, [[index, value], ...]]
function entriesOf(data) {
  if (data instanceof Map) return ['(iteration index)', [...data].map(([key, value], at) => [at, { Key: key, Values: value }])];
  if (data instanceof Set) return ['(iteration index)', [...data].map((value, at) => [at, { Values: value }])];
  return ['(index)', Object.entries(data).map(([key, value]) => [key, value])];
}

function cellsOf(data, wanted) {
  const [corner, entries] = entriesOf(data);
  const isOwn = data instanceof Map || data instanceof Set;
  const columns = [];
  let hasValues = false;
  const rows = entries.map(([index, value]) => {
    const cells = new Map();
    if (typeof value !== 'object' || value === null) {
      hasValues = true;
      cells.set('Values', shown(value));
    } else {
      for (const key of wanted ?? Object.keys(value)) {
        if (!columns.includes(key)) columns.push(key);
        if (Object.hasOwn(value, key)) cells.set(key, shown(value[key]));
      }
    }
    return [String(index), cells];
  });
  if (hasValues && !isOwn) columns.push('Values');
  return [[corner, ...columns], rows.map(([index, cells]) => [index, ...columns.map((column) => cells.get(column) ?? '')])];
}

function table(data, wanted) {
  const [head, rows] = cellsOf(data, wanted);
  const widths = head.map((name, at) => Math.max(...[name, ...rows.map((row) => row[at])].map(widthOf)) + 2);
  const centre = (text, width) => {
    const space = width - widthOf(text);
    return ' '.repeat(Math.floor(space / 2)) + text + ' '.repeat(Math.ceil(space / 2));
  };
  const line = (cells) => `│${cells.map((cell, at) => centre(cell, widths[at])).join('│')}│`;
  const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join('\n');
}

module.exports = { table };
