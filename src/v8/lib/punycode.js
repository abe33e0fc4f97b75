// The module `punycode`: the npm package of that name.
'use strict';
const { requireInternal } = require('internal_require');
module.exports = requireInternal('node_modules/punycode/punycode.js');
