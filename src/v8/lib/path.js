// The module `path`: the npm package path-browserify, which follows Node's POSIX rules.
'use strict';
const { requireInternal } = require('internal_require');
const { resolvePackaged } = requireInternal('internal_packages');
module.exports = requireInternal(resolvePackaged('', 'path-browserify'));
module.exports.posix = module.exports;
module.exports.win32 ??= module.exports;
