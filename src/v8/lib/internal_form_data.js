// FormData: the fields of a form, and their way into and out of a request's body.
'use strict';

const { Blob, File, bytesOfBlob, joined } = require('internal_blob');
const { TextEncoder } = require('internal_encoding');

const custom = Symbol.for('nodejs.util.inspect.custom');

function entryOf(name, value, fileName) {
  if (!(value instanceof Blob)) return [String(name), String(value)];
  if (value instanceof File && fileName === undefined) return [String(name), value];
  return [String(name), new File([value], fileName ?? value.name ?? 'blob', { type: value.type })];
}

class FormData {
  #entries = [];
  append(name, value, fileName) { this.#entries.push(entryOf(name, value, fileName)); }
  set(name, value, fileName) {
    const at = this.#entries.findIndex(([known]) => known === String(name));
    if (at < 0) return this.append(name, value, fileName);
    this.#entries[at] = entryOf(name, value, fileName);
    this.#entries = this.#entries.filter(([known], index) => index <= at || known !== String(name));
    return undefined;
  }
  delete(name) { this.#entries = this.#entries.filter(([known]) => known !== String(name)); }
  get(name) { return this.#entries.find(([known]) => known === String(name))?.[1] ?? null; }
  getAll(name) { return this.#entries.filter(([known]) => known === String(name)).map(([, value]) => value); }
  has(name) { return this.#entries.some(([known]) => known === String(name)); }
  * entries() { for (const [name, value] of this.#entries) yield [name, value]; }
  * keys() { for (const [name] of this.#entries) yield name; }
  * values() { for (const [, value] of this.#entries) yield value; }
  forEach(callback, self) { for (const [name, value] of this.#entries) callback.call(self, value, name, this); }
  get [Symbol.toStringTag]() { return 'FormData'; }
  [custom](depth, options, inspect) {
    const state = this.#entries.map(([name, value]) => ({ name, value }));
    return `FormData ${inspect({ [Symbol('state')]: state }, options)}`;
  }
}
FormData.prototype[Symbol.iterator] = FormData.prototype.entries;

const quoted = (text) => text.replace(/\r\n|\r|\n/g, '%0D%0A').replace(/"/g, '%22');

// [bytes, content type]
function encodeForm(form) {
  const boundary = `----formdata-undici-0${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
  const pieces = [];
  const add = (text) => pieces.push(new TextEncoder().encode(text));
  for (const [name, value] of form) {
    add(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`);
    if (typeof value === 'string') {
      add(`\r\n\r\n${value.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`);
    } else {
      add(`; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`);
      pieces.push(bytesOfBlob(value));
      add('\r\n');
    }
  }
  add(`--${boundary}--`);
  return [joined(pieces), `multipart/form-data; boundary=${boundary}`];
}

function decodeForm(bytes, type) {
  const form = new FormData();
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    for (const [name, value] of new URLSearchParams(Buffer.from(bytes).toString())) form.append(name, value);
    return form;
  }
  const boundary = /^multipart\/form-data.*;\s*boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary === undefined) throw new TypeError('Could not parse content as FormData.');
  for (const part of Buffer.from(bytes).toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head] = part.split('\r\n\r\n', 1);
    const content = Buffer.from(part.slice(head.length + 4, -2), 'latin1');
    const text = Buffer.from(head, 'latin1').toString();
    const unquoted = (match) => match?.[1].replace(/%22/g, '"').replace(/%0D%0A/g, '\r\n');
    const name = unquoted(/[;\s]name="([^"]*)"/i.exec(text)) ?? '';
    const fileName = unquoted(/filename="([^"]*)"/i.exec(text));
    if (fileName === undefined) form.append(name, content.toString());
    else form.append(name, new File([content], fileName, { type: /content-type:\s*(\S.*)/i.exec(text)?.[1].trim() ?? 'text/plain' }));
  }
  return form;
}

module.exports = { FormData, encodeForm, decodeForm };
