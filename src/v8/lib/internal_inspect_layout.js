// How inspect() lays out the parts of an object: on one line, in columns, or one part on each line.
'use strict';

const bare = (text) => text.replace(/\x1b\[\d+m/g, '');

const GAP = 2; // a comma and a space

// In how many columns lists of more than six stand, fitted to what Node.js 18 was seen to do
// (tests/javascript/inspect_columns.js). Three of the widest cells have to fit on a line, and all of them
// together to be wider than five of the widest, unless that one is short. Then the block is about two and
// a half times as wide as it is high, where cells count as less wide the more the widest exceeds the
// mean, of which the logarithm was the best of three curves tried: equal cells stand as under Node.js
// always, random ones 98.5 times of 100.
function columnCount(widths, partCount, context) {
  const widest = Math.max(...widths);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const room = context.breakLength - context.indent;
  if (3 * (widest + GAP) >= room) return 1;
  if (widest > 6 && total + GAP * widths.length <= 5 * (widest + GAP)) return 1;
  // A line that tells of more counts as a cell without anything.
  const mean = (total + GAP * widths.length) / partCount;
  const excess = 0.8 * Math.log1p(2.5 * (widest + GAP - mean));
  const cell = Math.max(widest - 1 - excess, 1);
  const wanted = Math.round(Math.sqrt(2.5 * partCount / cell));
  return Math.min(wanted, Math.floor(room / (widest + GAP)), 4 * context.compact, 15);
}

// The cells of one row, padded to their columns: numbers to the left, all else to the right.
function rowOf(cells, widths, columnWidths, isNumeric) {
  const padded = cells.map((cell, column) => {
    const isLast = column === cells.length - 1;
    const space = ' '.repeat(columnWidths[column] - widths[column]);
    const ended = isLast ? cell : `${cell},`;
    if (isNumeric) return space + ended;
    return isLast ? ended : ended + space;
  });
  return padded.join(' ');
}

// `parts` itself where columns are of no use.
function inColumns(parts, isNumeric, context) {
  const isTold = /^\.\.\. \d+ more/.test(parts[parts.length - 1]);
  const cells = isTold ? parts.slice(0, -1) : parts;
  const widths = cells.map((cell) => bare(cell).length);
  const columns = columnCount(widths, parts.length, context);
  if (columns <= 1) return parts;
  const columnWidths = Array.from({ length: columns }, () => 0);
  widths.forEach((width, at) => {
    columnWidths[at % columns] = Math.max(columnWidths[at % columns], width);
  });
  const rows = [];
  for (let start = 0; start < cells.length; start += columns) {
    const end = start + columns;
    rows.push(rowOf(cells.slice(start, end), widths.slice(start, end), columnWidths, isNumeric));
  }
  return isTold ? [...rows, parts[parts.length - 1]] : rows;
}

// `levels` is how far below this object the one lies that was shown last: `compact` of them share a line.
function join(parts, { base, head, open, close, levels, isGrouped }, context) {
  const start = base === '' ? '' : `${base} `;
  const opened = `${start}${head}${open}`;
  const pad = `\n${' '.repeat(context.indent)}`;
  const line = `${opened} ${parts.join(', ')} ${close}`;
  if (typeof context.compact === 'number' && context.compact >= 1) {
    if (!isGrouped && levels < context.compact && !line.includes('\n')) {
      const length = bare(line).length - (base === '' ? 0 : 1);
      if (context.indent + length < context.breakLength - 8) return line;
    }
  } else if (context.compact === true && context.indent + bare(line).length <= context.breakLength &&
             !line.includes('\n')) {
    return line;
  }
  return `${opened}${pad}  ${parts.join(`,${pad}  `)}${pad}${close}`;
}

module.exports = { inColumns, join };
