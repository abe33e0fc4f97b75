// Starts the main program: a file, -e CODE, or standard input's file.
'use strict';

const { process } = require('process');
const path = require('path');
const native = binding('process');

function start() {
  const loader = require('internal_loader');
  if (process.env.NODE_CHANNEL_FD !== undefined && binding('worker').isMainThread)
    require('internal_ipc').connectToParent();
  if (native.code !== undefined) {
    process.argv.push(...native.arguments);
    return loader.runCode(native.code);
  }
  const file = path.resolve(native.script);
  process.argv.push(file, ...native.arguments);
  loader.runMain(file);
}

module.exports = { start };
