'use strict';
const { requireInternal } = require('internal_require');
const packaged = requireInternal('node_modules/querystring-es3/index.js');

// As Node.js has it, without a prototype: `toString` may be a key.
const parse = (text, ...rest) => Object.assign(Object.create(null), packaged.parse(typeof text === 'string' ? text.replace(/%(?![0-9a-f]{2})/gi, '%25') : text, ...rest));

// What is no encoding of UTF-8 stands for bytes.
function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return require('buffer').Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16))), 'latin1').toString();
  }
}

const stringify = (object, ...rest) => packaged.stringify(
  object === null || typeof object !== 'object' ? object
    : Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value])), ...rest);

module.exports = { ...packaged, parse, decode: parse, stringify, encode: stringify, escape: packaged.escape ?? encodeURIComponent, unescape };
