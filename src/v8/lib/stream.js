// The module `stream`: the npm package readable-stream, which carries Node 18's streams.
'use strict';
const { requireInternal } = require('internal_require');
module.exports = requireInternal('node_modules/readable-stream/lib/ours/index.js');
