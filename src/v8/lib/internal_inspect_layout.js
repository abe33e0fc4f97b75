// How inspect() lays out the parts of an object: on one line, in columns, or one part on each line.
// The rules are what Node.js 18 was seen to do with thousands of lists (widths and lengths varied one at
// a time), written as the simplest formula that fits them all.
'use strict';

const bare = (text) => text.replace(/\x1b\[\d+m/g, '');

// Lists of more than six stand in columns: as many as make the block look about two and a half times as
// wide as it is high. `parts` itself where columns are of no use.
function inColumns(parts, isNumeric, context) {
  const isTold = /^\.\.\. \d+ more/.test(parts[parts.length - 1]);
  const cells = isTold ? parts.slice(0, -1) : parts;
  const widths = cells.map((cell) => bare(cell).length);
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  const widest = Math.max(...widths) + 2;
  if (widest * 3 + context.indent >= context.breakLength) return parts;
  if (total / widest <= 5 && widest > 8) return parts;
  const typical = Math.max(widest - 3 - Math.sqrt(widest - total / parts.length), 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * typical * parts.length) / typical),
                           Math.floor((context.breakLength - context.indent) / widest), context.compact * 4, 15);
  if (columns <= 1) return parts;
  const columnWidths = Array.from({ length: columns },
    (_, column) => Math.max(...widths.filter((_, at) => at % columns === column)));
  const rows = [];
  for (let start = 0; start < cells.length; start += columns) {
    const row = cells.slice(start, start + columns).map((cell, column) => {
      const space = ' '.repeat(columnWidths[column] - widths[start + column]);
      const isLast = column === columns - 1 || start + column === cells.length - 1;
      const ended = isLast ? cell : `${cell}, `;
      return isNumeric ? space + ended : ended + (isLast ? '' : space);
    });
    rows.push(row.join(''));
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
