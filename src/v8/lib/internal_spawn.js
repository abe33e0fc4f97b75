// What the two ways of starting a child have in common.
'use strict';

const { numbers: signals } = binding('signal');

const signalName = (number) => Object.keys(signals).find((name) => signals[name] === number) ?? null;

// [program, arguments] of what a shell may stand in front of.
function programOf(file, words, { shell }) {
  if (!shell) return [String(file), words.map(String)];
  return [typeof shell === 'string' ? shell : '/bin/sh', ['-c', [file, ...words].join(' ')]];
}

// ["NAME=value", ...], or undefined for our own.
function variablesOf({ env }) {
  if (env === undefined || env === null) return undefined;
  return Object.entries(env).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`);
}

function folderOf({ cwd }) {
  return cwd === undefined || cwd === null ? undefined : String(cwd.pathname ?? cwd);
}

module.exports = { signalName, programOf, variablesOf, folderOf };
