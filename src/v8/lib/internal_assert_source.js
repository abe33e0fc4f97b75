// The call of assert() that failed, as it stands in the program's source.
'use strict';

// Where `callee` was called.
function placeOf(callee) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.prepareStackTrace = (error, sites) => sites[0];
    Error.stackTraceLimit = 1;
    const holder = {};
    Error.captureStackTrace(holder, callee);
    return holder.stack;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

// Behind the text that begins at `at` with a quotation mark.
function endOfText(source, at) {
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === source[at]) return i + 1;
  }
  return source.length;
}

// From the name of what is called to the parenthesis that ends the call.
function callAt(source, at) {
  let start = at;
  while (start > 0 && /[\w$.]/.test(source[start - 1])) start--;
  let depth = 0;
  for (let i = source.indexOf('(', at); i >= 0 && i < source.length;) {
    if (/['"`]/.test(source[i])) { i = endOfText(source, i); continue; }
    if (/[([{]/.test(source[i])) depth++;
    if (/[)\]}]/.test(source[i]) && --depth === 0) return source.slice(start, i + 1);
    i++;
  }
  return undefined;
}

// Undefined where there is no file to read it from.
function sourceOfCall(callee) {
  try {
    const place = placeOf(callee);
    const file = place.getFileName().replace(/^file:\/\//, '');
    const lines = require('fs').readFileSync(file, 'utf8').split('\n');
    const before = lines.slice(0, place.getLineNumber() - 1).join('\n').length + (place.getLineNumber() > 1 ? 1 : 0);
    return callAt(lines.join('\n'), before + place.getColumnNumber() - 1);
  } catch {
    return undefined;
  }
}

module.exports = { sourceOfCall };
