// inspect(): values as text for people, as console.log() shows them.
'use strict';

const { promiseState } = binding('task');

const custom = Symbol.for('nodejs.util.inspect.custom');
const colours = { number: 33, bigint: 33, boolean: 33, string: 32, symbol: 32, undefined: 90, null: 1,
                  special: 36, date: 35, regexp: 31 };

const defaults = { depth: 2, colors: false, showHidden: false, breakLength: 80, compact: 3,
                   maxArrayLength: 100, maxStringLength: 10000, sorted: false, getters: false };

function inspect(value, options = {}, ...old) {
  if (typeof options === 'boolean') options = { showHidden: options, depth: old[0], colors: old[1] };
  const settings = { ...defaults, ...options };
  if (settings.depth === null) settings.depth = Infinity;
  return format(value, { ...settings, seen: [], circular: new Map(), indent: 0 }, 0, true);
}
inspect.custom = custom;
inspect.defaultOptions = defaults;

const paint = (context, kind, text) => context.colors ? `\x1b[${colours[kind]}m${text}\x1b[39m` : text;

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  let shown = '';
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    if (letter === mark || letter === '\\') shown += `\\${letter}`;
    else if (letter === '\n') shown += '\\n';
    else if (letter === '\t') shown += '\\t';
    else if (letter === '\r') shown += '\\r';
    else if (letter === '\b') shown += '\\b';
    else if (letter === '\f') shown += '\\f';
    else if (letter === '\v') shown += '\\v';
    else if (code < 32 || code === 127) shown += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else shown += letter;
  }
  return mark + shown + mark;
}

function formatPrimitive(value, context, top) {
  switch (typeof value) {
    case 'string': {
      let text = value, rest = '';
      if (text.length > context.maxStringLength) {
        const more = text.length - context.maxStringLength;
        text = text.slice(0, context.maxStringLength);
        rest = `... ${more} more character${more > 1 ? 's' : ''}`;
      }
      return paint(context, 'string', quote(text)) + rest;
    }
    case 'number': return paint(context, 'number', Object.is(value, -0) ? '-0' : `${value}`);
    case 'bigint': return paint(context, 'bigint', `${value}n`);
    case 'boolean': return paint(context, 'boolean', `${value}`);
    case 'symbol': return paint(context, 'symbol', value.toString());
    case 'undefined': return paint(context, 'undefined', 'undefined');
    default: return paint(context, 'null', 'null');
  }
}

function constructorName(value) {
  for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '') {
      return descriptor.value.name;
    }
  }
  return null;
}

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

// "Name [tag] " as far as it tells more than the braces do.
function prefix(value, name, fallback, size) {
  const own = value[Symbol.toStringTag];
  const tag = typeof own === 'string' && own !== '' && own !== name ? ` [${own}]` : '';
  const count = size === undefined ? '' : `(${size})`;
  if (name === null) return `[${fallback}${count}: null prototype]${tag} `;
  return `${name}${count}${tag} `;
}

function format(value, context, depth, top = false) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return formatPrimitive(value, context, top);
  }
  if (typeof value[custom] === 'function' && value[custom] !== inspect) {
    const made = value[custom](context.depth - depth, { ...context }, inspect);
    if (made !== value) return typeof made === 'string' ? made : format(made, context, depth);
  }
  if (context.seen.includes(value)) {
    if (!context.circular.has(value)) context.circular.set(value, context.circular.size + 1);
    return paint(context, 'special', `[Circular *${context.circular.get(value)}]`);
  }
  return formatObject(value, context, depth);
}

function keysOf(value, context, isList) {
  const names = context.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value)
    .filter((symbol) => context.showHidden || Object.prototype.propertyIsEnumerable.call(value, symbol));
  return [...(isList ? names.filter((name) => !/^(0|[1-9]\d*)$/.test(name) || Number(name) >= 2 ** 32 - 1)
                     : names), ...symbols];
}

function formatKey(key, context) {
  if (typeof key === 'symbol') return `[${paint(context, 'symbol', key.toString())}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : paint(context, 'string', quote(key));
}

function formatProperty(object, key, context, depth) {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  const name = formatKey(key, context);
  if (descriptor.get !== undefined) {
    const kind = descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]';
    return `${name}: ${paint(context, 'special', kind)}`;
  }
  if (descriptor.set !== undefined) return `${name}: ${paint(context, 'special', '[Setter]')}`;
  context.indent += 2;
  const shown = format(descriptor.value, context, depth + 1);
  context.indent -= 2;
  return `${name}: ${shown}`;
}

function formatElements(list, length, context, depth) {
  const shown = [];
  const most = Math.min(length, context.maxArrayLength ?? Infinity);
  let holes = 0;
  const tellHoles = () => {
    if (holes > 0) shown.push(paint(context, 'undefined', `<${holes} empty item${holes > 1 ? 's' : ''}>`));
    holes = 0;
  };
  for (let i = 0; i < length && shown.length < most; i++) {
    if (!Object.prototype.hasOwnProperty.call(list, i)) { holes++; continue; }
    tellHoles();
    context.indent += 2;
    shown.push(format(list[i], context, depth + 1));
    context.indent -= 2;
  }
  tellHoles();
  const rest = length - most;
  if (rest > 0) shown.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
  return shown;
}

function formatError(error, context, keys) {
  let stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : `[${error}]`;
  if (!stack.includes('\n    at')) stack = `[${stack}]`;
  if ('cause' in error && !keys.includes('cause') &&
      Object.prototype.hasOwnProperty.call(error, 'cause')) keys.push('cause');
  return context.indent === 0 ? stack : stack.replace(/\n/g, `\n${' '.repeat(context.indent)}`);
}

function formatFunction(value, name) {
  const source = Function.prototype.toString.call(value);
  if (/^class\b/.test(source)) {
    const parent = Object.getPrototypeOf(value);
    const extended = typeof parent === 'function' && parent.name !== '' ? ` extends ${parent.name}` : '';
    return `[class ${value.name === '' ? '(anonymous)' : value.name}${extended}]`;
  }
  const kind = name ?? 'Function';
  return value.name === '' ? `[${kind} (anonymous)]` : `[${kind}: ${value.name}]`;
}

function formatObject(value, context, depth) {
  const name = constructorName(value);
  const isArray = Array.isArray(value);
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView);
  const keys = keysOf(value, context, isArray || isTyped);
  let open = '{', close = '}', head = '', parts = [], base = '';
  const tag = tagOf(value);
  if (isArray) {
    head = name === 'Array' && value[Symbol.toStringTag] === undefined ? '' : prefix(value, name, 'Array', value.length);
    [open, close] = ['[', ']'];
    if (value.length === 0 && keys.length === 0) return `${head}[]`;
  } else if (isTyped) {
    head = prefix(value, name, tag, value.length);
    [open, close] = ['[', ']'];
    if (value.length === 0 && keys.length === 0) return `${head}[]`;
  } else if (value instanceof Set || value instanceof Map) {
    head = prefix(value, name, tag, value.size);
    if (value.size === 0 && keys.length === 0) return `${head}{}`;
  } else if (typeof value === 'function') {
    base = paint(context, 'special', formatFunction(value, name));
    if (keys.length === 0) return base;
  } else if (value instanceof RegExp) {
    base = paint(context, 'regexp', RegExp.prototype.toString.call(value));
    if (keys.length === 0) return base;
  } else if (value instanceof Date) {
    base = paint(context, 'date', Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
    if (keys.length === 0) return base;
  } else if (value instanceof Error) {
    base = formatError(value, context, keys);
    if (keys.length === 0) return base;
  } else if (value instanceof Promise) {
    head = prefix(value, name, 'Promise');
    const [state, result] = promiseState(value);
    if (state === 0) parts.push(paint(context, 'special', '<pending>'));
    else {
      const shown = format(result, context, depth + 1);
      parts.push(state === 1 ? shown : `${paint(context, 'special', '<rejected>')} ${shown}`);
    }
  } else if (value instanceof WeakSet || value instanceof WeakMap) {
    head = prefix(value, name, tag);
    parts.push(paint(context, 'special', '<items unknown>'));
  } else if (value instanceof ArrayBuffer) {
    head = prefix(value, name, 'ArrayBuffer');
    const bytes = [...new Uint8Array(value, 0, Math.min(50, value.byteLength))]
      .map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const more = value.byteLength > 50 ? ` ... ${value.byteLength - 50} more bytes` : '';
    parts.push(`[Uint8Contents]: <${bytes}${more}>`, `byteLength: ${paint(context, 'number', value.byteLength)}`);
  } else if (tag === 'Arguments') {
    head = '[Arguments] ';
    [open, close] = ['[', ']'];
  } else if (value instanceof Number || value instanceof String || value instanceof Boolean ||
             value instanceof Symbol || value instanceof BigInt) {
    const inner = format(value.valueOf(), { ...context, colors: false }, depth);
    base = paint(context, typeof value.valueOf(), `[${name}: ${inner}]`);
    if (value instanceof String) keys.splice(0, value.length);
    if (keys.length === 0) return base;
  } else {
    head = name === 'Object' && value[Symbol.toStringTag] === undefined ? '' : prefix(value, name, 'Object');
    if (keys.length === 0 && tag !== 'Module') return `${head}{}`;
  }
  if (depth > context.depth) {
    return paint(context, 'special', `[${isArray ? 'Array' : name ?? 'Object: null prototype'}]`);
  }
  context.seen.push(value);
  if (isArray || tag === 'Arguments') parts.push(...formatElements(value, value.length, context, depth));
  else if (isTyped) parts.push(...formatElements(value, value.length, context, depth));
  else if (value instanceof Set) {
    for (const entry of value) {
      context.indent += 2;
      parts.push(format(entry, context, depth + 1));
      context.indent -= 2;
    }
  } else if (value instanceof Map) {
    for (const [key, entry] of value) {
      context.indent += 2;
      parts.push(`${format(key, context, depth + 1)} => ${format(entry, context, depth + 1)}`);
      context.indent -= 2;
    }
  }
  for (const key of keys) parts.push(formatProperty(value, key, context, depth));
  context.seen.pop();
  const mark = context.circular.get(value);
  if (mark !== undefined) head = `${paint(context, 'special', `<ref *${mark}>`)} ${head}`;
  if (base !== '') head = `${base} `;
  const rows = isArray && parts.length > 6 ? group(parts, value, context) : parts;
  return join(rows, head, open, close, context, rows !== parts);
}

// Long lists stand in columns of one width: as few as make the block wider than it looks high.
function group(parts, value, context) {
  const isTold = /^\.\.\. \d+ more/.test(parts[parts.length - 1]);
  const cells = isTold ? parts.slice(0, -1) : parts;
  const widths = cells.map((cell) => cell.replace(/\x1b\[\d+m/g, '').length);
  const width = Math.max(...widths) + 2;
  const most = Math.min(16, Math.floor((context.breakLength - 4 - context.indent) / width));
  if (most < 3 || cells.some((cell) => cell.includes('\n'))) return parts;
  let columns = 1;
  while (columns < most && columns * width < 4 * Math.ceil(cells.length / columns)) columns++;
  const isNumeric = value.every((each) => typeof each === 'number' || typeof each === 'bigint');
  const rows = [];
  for (let i = 0; i < cells.length; i += columns) {
    const row = cells.slice(i, i + columns).map((cell, at) => {
      const space = ' '.repeat(Math.max(...widths.filter((_, j) => j % columns === at)) - widths[i + at]);
      const isLast = at === columns - 1 || i + at === cells.length - 1;
      const ended = isLast ? cell : `${cell}, `;
      return isNumeric ? space + ended : ended + (isLast ? '' : space);
    });
    rows.push(row.join(''));
  }
  return isTold ? [...rows, parts[parts.length - 1]] : rows;
}

// The documentation of `compact`: the innermost levels stand on one line as long as they fit.
function join(parts, head, open, close, context, isGrouped) {
  const line = `${head}${open} ${parts.join(', ')} ${close}`;
  const isShort = context.indent + line.length <= context.breakLength - 8 && !line.includes('\n');
  if (isShort && !isGrouped && levelsIn(parts) < context.compact) return line;
  const pad = `\n${' '.repeat(context.indent)}`;
  return `${head}${open}${pad}  ${parts.join(`,${pad}  `)}${pad}${close}`;
}

// How many levels of braces the parts have, texts left out.
function levelsIn(parts) {
  let deepest = 0;
  for (const part of parts) {
    let depth = 0;
    // Names in brackets, like [Object], hold nothing.
    const bare = part.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, '').replace(/\[[A-Z][^[\]]*\]/g, '');
    for (const mark of bare.replace(/[^[\]{}]/g, ''))
      deepest = Math.max(deepest, mark === '{' || mark === '[' ? ++depth : --depth);
  }
  return deepest;
}

// format('%s is %d', ...)
function formatMessage(first, ...values) {
  return formatWithOptions({}, first, ...values);
}

function formatWithOptions(options, first, ...values) {
  const show = (value) => typeof value === 'string' ? value : inspect(value, options);
  if (typeof first !== 'string') return [first, ...values].map(show).join(' ');
  if (values.length === 0) return first;
  let used = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (used >= values.length) return mark;
    const value = values[used++];
    switch (mark) {
      case '%s': return typeof value === 'string' ? value
        : typeof value === 'bigint' ? `${value}n`
        : value !== null && typeof value === 'object' && !hasOwnText(value)
          ? inspect(value, { ...options, depth: 0, colors: false, compact: 3 }) : String(value);
      case '%d': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : `${Number(value)}`;
      case '%i': return typeof value === 'bigint' ? `${value}n` : `${parseInt(value, 10)}`;
      case '%f': return `${parseFloat(value)}`;
      case '%j': try { return JSON.stringify(value); } catch { return '[Circular]'; }
      case '%o': return inspect(value, { ...options, showHidden: true, depth: 4 });
      case '%O': return inspect(value, options);
      default: return '';
    }
  });
  return [text, ...values.slice(used).map(show)].join(' ');
}

function hasOwnText(value) {
  return value instanceof Error || (typeof value.toString === 'function' &&
    value.toString !== Object.prototype.toString && value.toString !== Array.prototype.toString &&
    !(Array.isArray(value)));
}

module.exports = { inspect, format: formatMessage, formatWithOptions };
