// inspect(): values as text for people, as console.log() shows them.
'use strict';

const { promiseState, previewEntries, proxyParts } = binding('task');
const { inColumns, join } = require('internal_inspect_layout');

const { isOf } = require('internal_realms');
const custom = Symbol.for('nodejs.util.inspect.custom');

const colors = Object.assign(Object.create(null), {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27],
  hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24], black: [30, 39], red: [31, 39], green: [32, 39],
  yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39],
});
const styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green',
  symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
});
const defaults = { showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
                   maxStringLength: 10000, breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false };

function inspect(value, options = {}, ...old) {
  if (typeof options === 'boolean') options = { showHidden: options, depth: old[0], colors: old[1] };
  const settings = { ...defaults, ...options };
  settings.depth ??= options === null || options.depth === null ? Infinity : defaults.depth;
  settings.maxArrayLength ??= Infinity;
  settings.maxStringLength ??= Infinity;
  settings.stylize = (text, kind) => paint(settings, kind, text);
  return format(value, { ...settings, seen: [], circular: new Map(), indent: 0, lastDepth: 0 }, 0);
}
inspect.custom = custom;
inspect.colors = colors;
inspect.styles = styles;
Object.defineProperty(inspect, 'defaultOptions', { get: () => defaults, set: (options) => { Object.assign(defaults, options); } });

function paint(context, kind, text) {
  const colour = context.colors ? colors[styles[kind]] : undefined;
  return colour === undefined ? String(text) : `\x1b[${colour[0]}m${text}\x1b[${colour[1]}m`;
}

const escapes = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = text.replace(/[\x00-\x1f\x7f-\x9f'\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (letter) => {
    if (letter === "'") return mark === "'" ? "\\'" : letter;
    const code = letter.charCodeAt(0).toString(16).toUpperCase();
    return escapes[letter] ?? (code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`);
  });
  return mark + escaped + mark;
}

// A long text is broken behind its line ends.
function formatText(value, context) {
  let text = value, rest = '';
  if (text.length > context.maxStringLength) {
    const more = text.length - context.maxStringLength;
    text = text.slice(0, context.maxStringLength);
    rest = `... ${more} more character${more > 1 ? 's' : ''}`;
  }
  if (context.compact !== true && text.length > 16 && text.length > context.breakLength - context.indent - 4) {
    const lines = text.split(/(?<=\n)/).map((line) => paint(context, 'string', quote(line)));
    return lines.join(` +\n${' '.repeat(context.indent + 2)}`) + rest;
  }
  return paint(context, 'string', quote(text)) + rest;
}

const separated = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');
function formatNumber(value, context) {
  const text = Object.is(value, -0) ? '-0' : `${value}`;
  if (!context.numericSeparator || !/^-?\d+(\.\d+)?$/.test(text)) return text;
  const [whole, fraction] = text.split('.');
  return separated(whole) + (fraction === undefined ? '' : `.${fraction.replace(/(\d{3})(?=\d)/g, '$1_')}`);
}

function formatPrimitive(value, context) {
  switch (typeof value) {
    case 'string': return formatText(value, context);
    case 'number': return paint(context, 'number', formatNumber(value, context));
    case 'bigint': return paint(context, 'bigint', `${context.numericSeparator ? separated(`${value}`) : value}n`);
    case 'boolean': return paint(context, 'boolean', `${value}`);
    case 'symbol': return paint(context, 'symbol', value.toString());
    case 'undefined': return paint(context, 'undefined', 'undefined');
    default: return paint(context, 'null', 'null');
  }
}

function constructorName(value) {
  for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '' && value instanceof descriptor.value) {
      return descriptor.value.name;
    }
  }
  return null;
}

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const hasOwn = (value, key) => Object.prototype.hasOwnProperty.call(value, key);

// What is shown as a property anyhow is told once.
function shownTag(value) {
  const tag = Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag) ? '' : value[Symbol.toStringTag];
  return typeof tag === 'string' ? tag : '';
}

// "Name [tag] " as far as it tells more than the braces do.
function prefix(value, name, fallback, size) {
  const own = shownTag(value);
  const tag = own !== '' && own !== name ? ` [${own}]` : '';
  const count = size === undefined ? '' : `(${size})`;
  if (name === null) return `[${fallback}${count}: null prototype]${tag} `;
  // A subclass tells what it is one of.
  const kind = tag === '' && fallback !== 'Object' && fallback !== 'Array' && name !== fallback ? ` [${fallback}]` : tag;
  return `${name}${count}${kind} `;
}

function format(value, context, depth) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return formatPrimitive(value, context);
  const proxy = proxyParts(value);
  if (proxy !== undefined) {
    if (context.showProxy) return formatProxy(proxy, context, depth);
    value = proxy[0];
    if (value === null || proxyParts(value) !== undefined) return format(value, context, depth);
  }
  const customized = context.customInspect ? value[custom] : undefined;
  if (typeof customized === 'function' && customized !== inspect) {
    const { seen, circular, indent, lastDepth, ...options } = context;
    const left = context.depth - depth;
    const made = customized.call(value, left, { ...options, depth: left }, inspect);
    if (made !== value) return typeof made === 'string' ? made.replace(/\n/g, `\n${' '.repeat(context.indent)}`) : format(made, context, depth);
  }
  if (context.seen.includes(value)) {
    if (!context.circular.has(value)) context.circular.set(value, context.circular.size + 1);
    return paint(context, 'special', `[Circular *${context.circular.get(value)}]`);
  }
  return formatObject(value, context, depth);
}

function formatInside(value, context, depth) {
  context.indent += 2;
  const shown = format(value, context, depth + 1);
  context.indent -= 2;
  return shown;
}

function formatProxy([target, handler], context, depth) {
  if (depth > context.depth) return paint(context, 'special', 'Proxy [Array]');
  context.lastDepth = depth;
  const parts = [formatInside(target, context, depth), formatInside(handler, context, depth)];
  return join(parts, { base: '', head: 'Proxy ', open: '[', close: ']', levels: context.lastDepth - depth }, context);
}

function keysOf(value, context, isList) {
  const names = context.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value)
    .filter((symbol) => context.showHidden || Object.prototype.propertyIsEnumerable.call(value, symbol));
  return [...(isList ? names.filter((name) => !/^(0|[1-9]\d*)$/.test(name) || Number(name) >= 2 ** 32 - 1)
                     : names), ...symbols];
}

function formatKey(key, context, isHidden) {
  const shown = typeof key === 'symbol' ? paint(context, 'symbol', key.toString())
    : /^[A-Za-z_][\w]*$/.test(key) ? key : paint(context, 'string', quote(key));
  return typeof key === 'symbol' || isHidden ? `[${typeof key === 'symbol' ? shown : key}]` : shown;
}

function formatProperty(object, key, context, depth) {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  const name = formatKey(key, context, !descriptor.enumerable);
  if (descriptor.get !== undefined) {
    const kind = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
    const isWanted = context.getters === true || (context.getters === 'get' && descriptor.set === undefined) ||
      (context.getters === 'set' && descriptor.set !== undefined);
    if (!isWanted) return `${name}: ${paint(context, 'special', `[${kind}]`)}`;
    return `${name}: ${paint(context, 'special', `[${kind}:`)} ${formatInside(object[key], context, depth)}${paint(context, 'special', ']')}`;
  }
  if (descriptor.set !== undefined) return `${name}: ${paint(context, 'special', '[Setter]')}`;
  return `${name}: ${formatInside(descriptor.value, context, depth)}`;
}

function formatElements(list, context, depth) {
  const shown = [];
  const { length } = list;
  let i = 0;
  while (i < length && shown.length < context.maxArrayLength) {
    const from = i;
    while (i < length && !hasOwn(list, i)) i++;
    if (i > from) shown.push(paint(context, 'undefined', `<${i - from} empty item${i - from > 1 ? 's' : ''}>`));
    else shown.push(formatInside(list[i++], context, depth));
  }
  return tellRest(shown, length - i);
}

function tellRest(shown, rest) {
  if (rest > 0) shown.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
  return shown;
}

function formatEntries(entries, count, context, show) {
  const shown = [];
  for (const entry of entries) {
    if (shown.length >= context.maxArrayLength) break;
    shown.push(show(entry));
  }
  return tellRest(shown, count - shown.length);
}

const pairOf = (context, depth) => ([key, value]) =>
  `${formatInside(key, context, depth)} => ${formatInside(value, context, depth)}`;

// The stack, or the message in brackets where there is none; its first line tells the class and the name.
function formatError(error, context, keys) {
  let stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : Error.prototype.toString.call(error);
  const { name } = error;
  const className = constructorName(error) ?? 'Error';
  if (typeof name === 'string' && !stack.slice(0, stack.indexOf('\n') + 1 || undefined).includes(name)) {
    stack = stack.replace(/^[A-Za-z]*Error\b/, name);
  } else if (className !== name && !stack.startsWith(className) && /^[A-Za-z]+/.test(stack) && stack.startsWith(`${name}`) &&
             className.length > 0 && /Error$/.test(name) && !className.includes(name)) {
    stack = stack.replace(name, `${className} [${name}]`);
  }
  for (const hidden of ['name', 'message', 'stack']) {
    const at = keys.indexOf(hidden);
    if (at >= 0 && stack.includes(String(error[hidden]))) keys.splice(at, 1);
  }
  for (const more of ['cause', 'errors']) {
    if (hasOwn(error, more) && !keys.includes(more) && (more === 'cause' || Array.isArray(error.errors))) keys.push(more);
  }
  if (hasOwn(error, 'cause') && typeof error.cause?.stack === 'string') stack = withoutSharedLines(stack, error.cause.stack);
  if (!stack.includes('\n    at')) stack = `[${stack}]`;
  return context.indent === 0 ? stack : stack.replace(/\n/g, `\n${' '.repeat(context.indent)}`);
}

// Lines that an error and its cause have in common stand with the cause.
function withoutSharedLines(stack, other) {
  const [lines, others] = [stack.split('\n'), new Set(other.split('\n'))];
  const first = lines.findIndex((line, at) => /^ {4}at/.test(line) && others.has(line) && lines.slice(at, at + 3).every((one) => others.has(one)));
  let last = first;
  while (last < lines.length && others.has(lines[last])) last++;
  if (first < 0 || last - first <= 3) return stack;
  lines.splice(first, last - first - 1, `    ... ${last - first - 1} lines matching cause stack trace ...`);
  return lines.join('\n');
}

function formatFunction(value, name) {
  const tag = shownTag(value);
  const told = tag !== '' && tag !== name ? ` [${tag}]` : '';
  const source = Function.prototype.toString.call(value);
  if (/^class\b/.test(source)) {
    const parent = Object.getPrototypeOf(value);
    const extended = typeof parent === 'function' && parent.name !== '' ? ` extends ${parent.name}`
      : parent === null ? ' extends null' : '';
    return `[class ${hasOwn(value, 'name') && value.name !== '' ? value.name : '(anonymous)'}${extended}]${told}`;
  }
  const kind = (name === null ? `${tagOf(value)} (null prototype)` : tagOf(value) === 'Function' || told !== '' ? 'Function' : tagOf(value));
  return (value.name === '' ? `[${kind} (anonymous)]` : `[${kind}: ${value.name}]`) +
    (name === null || name === 'Function' || name === kind ? '' : ` ${name}`) + (kind === tag ? '' : told);
}

function formatBytes(buffer, context) {
  const bytes = [...new Uint8Array(buffer, 0, Math.min(50, buffer.byteLength))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const rest = buffer.byteLength - 50;
  const more = rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : '';
  return [`[Uint8Contents]: <${bytes}${more}>`, `byteLength: ${paint(context, 'number', buffer.byteLength)}`];
}

function formatPromise(value, context, depth) {
  const [state, result] = promiseState(value);
  if (state === 0) return [paint(context, 'special', '<pending>')];
  const shown = formatInside(result, context, depth);
  return [state === 1 ? shown : `${paint(context, 'special', '<rejected>')} ${shown}`];
}

const isBoxed = (value) => value instanceof Number || value instanceof String || value instanceof Boolean ||
  value instanceof Symbol || value instanceof BigInt;
const isBuffer = (value) => value instanceof ArrayBuffer ||
  (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);

// What a kind of object looks like: `base` stands for itself, `head` before the braces, `parts` makes what
// is inside besides the properties. `isEmpty` is true when that is nothing.
function describe(value, context, depth, name, keys) {
  const braces = (head, more) => ({ base: '', head, open: '{', close: '}', ...more });
  const tag = tagOf(value);
  if (Array.isArray(value)) {
    return braces(name === 'Array' && value[Symbol.toStringTag] === undefined ? '' : prefix(value, name, 'Array', value.length),
                  { open: '[', close: ']', isEmpty: value.length === 0, isList: true, parts: () => formatElements(value, context, depth) });
  }
  if (isOf(value, Set)) {
    return braces(prefix(value, name, 'Set', value.size), { isEmpty: value.size === 0,
      parts: () => formatEntries(value, value.size, context, (entry) => formatInside(entry, context, depth)) });
  }
  if (isOf(value, Map)) {
    return braces(prefix(value, name, 'Map', value.size), { isEmpty: value.size === 0,
      parts: () => formatEntries(value, value.size, context, pairOf(context, depth)) });
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return braces(prefix(value, name, tag, value.length), { open: '[', close: ']', isEmpty: value.length === 0, isList: true,
      parts: () => formatElements(value, context, depth) });
  }
  if (typeof value === 'function') return braces('', { base: paint(context, 'special', formatFunction(value, name)), isEmpty: true });
  if (isOf(value, RegExp)) return braces('', { base: paint(context, 'regexp', RegExp.prototype.toString.call(value)), isEmpty: true });
  if (isOf(value, Date)) {
    return braces('', { base: paint(context, 'date', Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()), isEmpty: true });
  }
  if (isOf(value, Error)) return braces('', { base: formatError(value, context, keys), isEmpty: keys.length === 0 });
  if (isOf(value, Promise)) return braces(prefix(value, name, 'Promise'), { parts: () => formatPromise(value, context, depth) });
  if (value instanceof WeakSet || value instanceof WeakMap) {
    return braces(prefix(value, name, tag), { parts: () => [paint(context, 'special', '<items unknown>')] });
  }
  if (typeof WeakRef === 'function' && value instanceof WeakRef) return braces(`${name} `, { parts: () => ['<ref>'].slice(1), isEmpty: true });
  if (isBuffer(value)) return braces(prefix(value, name, tag), { parts: () => formatBytes(value, context) });
  if (value instanceof DataView) {
    return braces(prefix(value, name, 'DataView'), { parts: () => ['byteLength', 'byteOffset', 'buffer']
      .map((key) => `${key}: ${formatInside(value[key], context, depth)}`) });
  }
  if (/^(Map|Set) Iterator$/.test(tag) && previewEntries(value) !== undefined) return describeIterator(value, tag, context, depth, braces);
  if (isBoxed(value)) {
    const inner = formatPrimitive(value.valueOf(), { ...context, colors: false, breakLength: Infinity });
    const kind = tag === name || name === null ? tag : `${tag} (${name})`;
    if (value instanceof String) keys.splice(0, value.length);
    return braces('', { base: paint(context, typeof value.valueOf(), `[${kind}: ${inner}]`), isEmpty: true });
  }
  if (tag === 'Module') return braces(`[Module: null prototype] `, {});
  if (tag === 'Arguments') return braces('[Arguments] ', { isEmpty: true });
  const isPlain = name === 'Object' && shownTag(value) === '';
  return braces(isPlain ? '' : prefix(value, name, 'Object'), { isEmpty: true });
}

function describeIterator(value, tag, context, depth, braces) {
  const [entries, areEntries] = previewEntries(value);
  if (!areEntries) return braces(`[${tag}] `, { parts: () => entries.map((entry) => formatInside(entry, context, depth)) });
  const pairs = [];
  for (let i = 0; i < entries.length; i += 2) pairs.push(`[ ${formatInside(entries[i], context, depth)}, ${formatInside(entries[i + 1], context, depth)} ]`);
  return braces(`[${tag.slice(0, 3)} Entries] `, { parts: () => pairs });
}

function formatObject(value, context, depth) {
  const name = constructorName(value);
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  const keys = keysOf(value, context, isList);
  const shape = describe(value, context, depth, name, keys);
  if (shape.isEmpty && keys.length === 0) {
    return shape.base !== '' ? shape.base : `${shape.head}${shape.open}${shape.close}`;
  }
  if (depth > context.depth) {
    return paint(context, 'special', `[${Array.isArray(value) ? 'Array' : name ?? 'Object: null prototype'}]`);
  }
  context.seen.push(value);
  context.lastDepth = depth;
  const parts = shape.parts?.() ?? [];
  for (const key of keys) parts.push(formatProperty(value, key, context, depth));
  context.seen.pop();
  const mark = context.circular.get(value);
  if (mark !== undefined) {
    const told = paint(context, 'special', `<ref *${mark}>`);
    if (shape.base !== '') shape.base = `${told} ${shape.base}`; else shape.head = `${told} ${shape.head}`;
  }
  if (context.sorted) sortParts(parts, parts.length - keys.length, context.sorted);
  const isNumeric = keys.length === 0 && isList && [...value].every((each) => typeof each === 'number' || typeof each === 'bigint');
  const rows = shape.isList && parts.length > 6 && context.compact >= 1 && context.compact !== true
    ? inColumns(parts, isNumeric, context) : parts;
  return join(rows, { ...shape, levels: context.lastDepth - depth, isGrouped: rows !== parts }, context);
}

function sortParts(parts, from, compare) {
  const sorted = parts.slice(from).sort(typeof compare === 'function' ? compare : undefined);
  parts.splice(from, sorted.length, ...sorted);
}

module.exports = { inspect };
