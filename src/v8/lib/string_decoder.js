'use strict';
const { requireInternal } = require('internal_require');
module.exports = requireInternal('node_modules/string_decoder/lib/string_decoder.js');
