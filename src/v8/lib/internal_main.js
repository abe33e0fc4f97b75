// Starts the main program: a file, -e CODE, or standard input's file.
'use strict';

const { process } = require('process');
const path = require('path');
const native = binding('process');

function start() {
  const loader = require('internal_loader');
  if (process.env.NODE_CHANNEL_FD !== undefined && binding('worker').isMainThread)
    require('internal_ipc').connectToParent();
  if (!binding('worker').isMainThread) require('worker_threads');
  const words = process.workerArguments ?? native.arguments;
  if (native.code !== undefined) {
    if (!binding('worker').isMainThread) process.argv.push('[worker eval]');
    process.argv.push(...words);
    return loader.runCode(native.code);
  }
  const file = path.resolve(native.script);
  process.argv.push(file, ...words);
  loader.runMain(file);
}

module.exports = { start };
