'use strict';
const { requireInternal } = require('internal_require');
const packaged = requireInternal('node_modules/querystring-es3/index.js');

// As Node.js has it, without a prototype: `toString` may be a key.
const parse = (...values) => Object.assign(Object.create(null), packaged.parse(...values));

module.exports = { ...packaged, parse, decode: parse, escape: packaged.escape ?? encodeURIComponent,
                   unescape: packaged.unescape ?? decodeURIComponent };
