'use strict';
const { requireInternal } = require('internal_require');
module.exports = requireInternal('node_modules/querystring-es3/index.js');
