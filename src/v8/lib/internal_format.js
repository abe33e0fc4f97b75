// format(): a text with placeholders, as console.log() takes it.
'use strict';

const { inspect } = require('internal_inspect');

// format('%s is %d', ...)
function formatMessage(first, ...values) {
  return formatWithOptions({}, first, ...values);
}

function formatWithOptions(options, first, ...values) {
  const show = (value) => typeof value === 'string' ? value : inspect(value, options);
  if (typeof first !== 'string') return [first, ...values].map(show).join(' ');
  if (values.length === 0) return first;
  if (!first.includes('%')) return [first, ...values.map(show)].join(' ');
  let used = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (used >= values.length) return mark;
    const value = values[used++];
    switch (mark) {
      case '%s': return asText(value, options);
      case '%d': return typeof value === 'object' && value !== null ? 'NaN' : numberOf(value, Number);
      case '%i': return typeof value === 'object' && value !== null ? 'NaN' : numberOf(value, (one) => parseInt(one, 10));
      case '%f': return typeof value === 'symbol' ? 'NaN' : numberOf(parseFloat(value), Number);
      case '%j': return asJson(value);
      case '%o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
      case '%O': return inspect(value, options);
      default: return '';
    }
  });
  return [text, ...values.slice(used).map(show)].join(' ');
}

function numberOf(value, convert) {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'NaN';
  const number = convert(value);
  return Object.is(number, -0) ? '-0' : `${number}`;
}

function asText(value, options) {
  if (typeof value === 'bigint' || Object.is(value, -0)) return inspect(value);
  if (value instanceof Date) return inspect(value);
  if (value !== null && typeof value === 'object' && !hasOwnText(value))
    return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
  return String(value);
}

function asJson(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('circular')) return '[Circular]';
    throw error;
  }
}

function hasOwnText(value) {
  return value instanceof Error || value instanceof Date ||
    (typeof value.toString === 'function' && value.toString !== Object.prototype.toString && !isBuiltIn(value));
}

// Those of the language are shown by inspect(), although they have a toString().
function isBuiltIn(value) {
  return Array.isArray(value) || value instanceof RegExp || ArrayBuffer.isView(value) || value instanceof Map ||
    value instanceof Set || value instanceof Promise;
}

module.exports = { format: formatMessage, formatWithOptions };
