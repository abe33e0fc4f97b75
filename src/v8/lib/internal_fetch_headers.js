// Headers: names without case and their values, in the order of the names.
'use strict';

const { validateHeaderName } = require('http');

const custom = Symbol.for('nodejs.util.inspect.custom');

function nameOf(name, method) {
  try {
    validateHeaderName(String(name));
  } catch {
    throw new TypeError(`Headers.${method}: "${name}" is an invalid header name.`);
  }
  return String(name).toLowerCase();
}
function valueOf(value, method) {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(text)) throw new TypeError(`Headers.${method}: "${text}" is an invalid header value.`);
  return text;
}

class Headers {
  #lines = new Map();     // by the name in lower case: [name, values]
  #isFixed = false;

  constructor(init) {
    if (init === undefined) return;
    if (init === null || typeof init !== 'object')
      throw new TypeError("Failed to construct 'Headers': The provided value is not of type '(record<ByteString, ByteString> or sequence<sequence<ByteString>>)");
    const pairs = typeof init[Symbol.iterator] === 'function' ? init : Reflect.ownKeys(init).map((name) => [name, init[name]]);
    for (const pair of pairs) {
      const [name, value] = pair;
      if ([...pair].length !== 2) throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${[...pair].length}.`);
      this.append(name, value);
    }
  }

  static fix(headers) { headers.#isFixed = true; return headers; }
  static linesOf(headers) { return [...headers.#lines.values()]; }

  #check() { if (this.#isFixed) throw new TypeError('immutable'); }
  append(name, value) {
    const key = nameOf(name, 'append');
    const text = valueOf(value, 'append');
    this.#check();
    const known = this.#lines.get(key);
    if (known === undefined) this.#lines.set(key, [String(name), [text]]);
    else known[1].push(text);
  }
  set(name, value) {
    const key = nameOf(name, 'set');
    const text = valueOf(value, 'set');
    this.#check();
    this.#lines.set(key, [String(name), [text]]);
  }
  delete(name) {
    const key = nameOf(name, 'delete');
    this.#check();
    this.#lines.delete(key);
  }
  get(name) {
    const known = this.#lines.get(nameOf(name, 'get'));
    return known === undefined ? null : known[1].join(', ');
  }
  has(name) { return this.#lines.has(nameOf(name, 'has')); }
  getSetCookie() { return [...this.#lines.get('set-cookie')?.[1] ?? []]; }

  * entries() {
    for (const key of [...this.#lines.keys()].sort()) {
      if (!this.#lines.has(key)) continue;
      const [, values] = this.#lines.get(key);
      if (key !== 'set-cookie') yield [key, values.join(', ')];
      else for (const value of values) yield [key, value];
    }
  }
  * keys() { for (const [key] of this.entries()) yield key; }
  * values() { for (const [, value] of this.entries()) yield value; }
  forEach(callback, self) {
    if (typeof callback !== 'function') throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    for (const [key, value] of this.entries()) callback.call(self, value, key, this);
  }
  get [Symbol.toStringTag]() { return 'Headers'; }
  [custom](depth, options, inspect) { return `Headers ${inspect(Object.fromEntries(this.entries()), options)}`; }
}
Headers.prototype[Symbol.iterator] = Headers.prototype.entries;
const { fix, linesOf } = Headers;
delete Headers.fix;
delete Headers.linesOf;

module.exports = { Headers, fix, linesOf };
