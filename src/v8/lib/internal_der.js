// DER, the form of keys and certificates: a tag, a length and the content, which may be such parts again.
'use strict';

const { Buffer } = require('buffer');

const kTags = { integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, sequence: 0x30, set: 0x31 };

class Part {
  // Of the bytes from `at` on.
  constructor(bytes, at = 0) {
    this.tag = bytes[at];
    let size = bytes[at + 1];
    let start = at + 2;
    if (size > 0x80) {
      const count = size - 0x80;
      if (count > 4) throw new RangeError('DER: too long');
      size = bytes.readUIntBE(start, count);
      start += count;
    }
    if (!(start + size <= bytes.length)) throw new RangeError('DER: cut off');
    this.content = bytes.subarray(start, start + size);
    this.all = bytes.subarray(at, start + size);
  }

  get parts() {
    const found = [];
    for (let at = 0; at < this.content.length; at += found.at(-1).all.length) found.push(new Part(this.content, at));
    return found;
  }

  // The number's bytes without the zero that keeps it positive.
  get integer() {
    const { content } = this;
    return content.length > 1 && content[0] === 0 ? content.subarray(1) : content;
  }
  get number() { return this.integer.length === 0 ? 0n : BigInt(`0x${this.integer.toString('hex')}`); }
  // Of a bit string, whose first byte says how many bits at the end are not meant.
  get bits() { return this.content.subarray(1); }

  get oid() {
    const numbers = [];
    let value = 0;
    for (const byte of this.content) {
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) { numbers.push(value); value = 0; }
    }
    const [first, ...rest] = numbers;
    const top = Math.min(2, Math.floor(first / 40));
    return [top, first - top * 40, ...rest].join('.');
  }
}

const parse = (bytes) => new Part(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

function encode(tag, ...contents) {
  const content = Buffer.concat(contents);
  const size = content.length;
  const digits = size.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  const head = size < 0x80 ? [tag, size] : [tag, 0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...contents) => encode(kTags.sequence, ...contents);

function integer(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const value = bytes.subarray(start);
  return encode(kTags.integer, value.length === 0 || value[0] >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), value);
}

const octets = (...contents) => encode(kTags.octets, ...contents);
const bits = (...contents) => encode(kTags.bits, Buffer.from([0]), ...contents);

function oid(text) {
  const [first, second, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((number) => {
    const sevens = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) sevens.unshift(left % 128 + 128);
    return sevens;
  });
  return encode(kTags.oid, Buffer.from(bytes));
}

// ---- PEM: the same in letters, between two lines that say what it is ----

const kBlock = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END \1-----/g;

// [{ label, bytes }] of what stands in a text.
function blocksOf(text) {
  return [...text.matchAll(kBlock)].map(([, label, body]) => ({ label, bytes: Buffer.from(body, 'base64') }));
}

function toPem(label, bytes) {
  const lines = Buffer.from(bytes).toString('base64').match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

module.exports = { kTags, parse, encode, sequence, integer, octets, bits, oid, blocksOf, toPem };
