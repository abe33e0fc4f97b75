// The module `path`: the npm package path-browserify, which follows Node's POSIX rules.
'use strict';
const { requireInternal } = require('internal_require');
const { resolvePackaged } = requireInternal('internal_packages');
module.exports = requireInternal(resolvePackaged('', 'path-browserify'));
module.exports.posix = module.exports;
// Few programs ask for the other kind.
Object.defineProperty(module.exports, 'win32', {
  configurable: true, enumerable: true,
  get() {
    const win32 = requireInternal('path_win32');
    win32.posix = module.exports;
    return win32;
  },
});
