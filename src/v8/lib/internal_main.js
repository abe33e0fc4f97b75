// Starts the main program: a file, -e CODE, what standard input has, or on a terminal the REPL.
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
  if (native.script === '-') process.argv.push('-', ...words);
  if (native.script === '' || native.script === '-') return startFromInput(loader);
  const file = path.resolve(native.script);
  process.argv.push(file, ...words);
  loader.runMain(file);
}

function startFromInput(loader) {
  if (binding('tty').guessHandle(0) === 'tty') return require('internal_repl').start();
  let code = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text) => { code += text; });
  process.stdin.on('end', () => loader.runCode(code, '[stdin]'));
  return undefined;
}

module.exports = { start };
