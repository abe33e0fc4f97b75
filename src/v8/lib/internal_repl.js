// `violet run` on a terminal without a file: reads a line, evaluates it, shows what came out.
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { inspect } = require('internal_inspect');
const { runScript, compileFunction } = binding('module');
const { process } = require('process');

const kHelp = [['.break', 'Leave an expression that goes over several lines'], ['.clear', 'The same'], ['.exit', 'Leave'],
               ['.help', 'This list'], ['.load FILE', 'Run the lines of a file'], ['.save FILE', 'Keep what was typed in a file']];
const kUnfinished = /^(Unexpected end of input|Unterminated template literal|missing \) after argument list)/;

const historyFile = () => process.env.VIOLET_REPL_HISTORY ??
  path.join(require('os').homedir(), '.violet_repl_history');

// Whether more lines are needed before it means something.
function isUnfinished(code) {
  try {
    compileFunction(`async () => {${code}\n}`, 'repl');
    return false;
  } catch (error) {
    return error instanceof SyntaxError && kUnfinished.test(error.message);
  }
}

// `{ a: 1 }` is an object here, not a block.
function asExpression(code) {
  if (!/^\s*\{/.test(code) || /;\s*$/.test(code)) return code;
  try {
    compileFunction(`(${code}\n)`, 'repl');
    return `(${code}\n)`;
  } catch {
    return code;
  }
}

// Code with an await outside of a function: one expression, or one declaration, whose name becomes global.
function withAwait(code) {
  const declared = /^\s*(?:const|let|var)\s+([\w$]+)\s*=\s*([\s\S]*?);?\s*$/.exec(code);
  const expression = declared === null ? code.replace(/;\s*$/, '') : declared[2];
  const body = declared === null ? `return (${expression}\n)` : `return globalThis[${JSON.stringify(declared[1])}] = (${expression}\n)`;
  try {
    compileFunction(`async () => { ${body} }`, 'repl');
    return [`(async () => { ${body} })()`, declared === null];
  } catch {
    return [`(async () => { ${code}\n })()`, false];
  }
}

class Repl {
  constructor() {
    this.code = '';
    this.typed = [];
    this.isInterrupted = false;
    this.reader = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: '> ', historySize: 1000,
                                             history: this.readHistory(), completer: (line) => this.complete(line) });
    this.reader.on('history', (history) => this.writeHistory(history));
    this.reader.on('line', (line) => this.take(line));
    this.reader.on('SIGINT', () => this.interrupt());
    this.reader.on('close', () => { process.stdout.write('\n'); process.exit(); });
    process.setUncaughtExceptionCaptureCallback((error) => { this.complain(error); this.reader.prompt(); });
    this.defineResult('_');
    this.defineResult('_error');
  }

  // The last result, until the program has a use of its own for the name.
  defineResult(name) {
    Object.defineProperty(globalThis, name, {
      configurable: true, get: () => this[name],
      set: (value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true }),
    });
  }

  readHistory() {
    try {
      return fs.readFileSync(historyFile(), 'utf8').split('\n').filter((line) => line !== '');
    } catch {
      return [];
    }
  }
  writeHistory(history) {
    try { fs.writeFileSync(historyFile(), `${history.join('\n')}\n`, { mode: 0o600 }); } catch { /* not kept, then */ }
  }

  start() {
    process.stdout.write(`Violet on V8 ${process.versions.v8}, as Node.js ${process.version}. Type ".help" for more.\n`);
    this.reader.prompt();
  }

  take(line) {
    this.isInterrupted = false;
    const command = this.code === '' || /^\.(break|clear)\s*$/.test(line) ? /^\.([a-z]+)\s*(.*)$/.exec(line) : null;
    if (command !== null) return this.obey(command[1], command[2]);
    this.code += `${line}\n`;
    if (this.code.trim() !== '' && isUnfinished(this.code)) return this.ask('... ');
    const { code } = this;
    this.code = '';
    if (code.trim() === '') return this.ask();
    this.typed.push(code);
    return this.evaluate(code);
  }

  ask(prompt = '> ') {
    this.reader.setPrompt(prompt);
    this.reader.prompt();
  }

  evaluate(code) {
    const mayAwait = /\bawait\b/.test(code);
    try {
      const value = runScript(asExpression(code), 'REPL');
      this.show(value);
    } catch (error) {
      if (error instanceof SyntaxError && mayAwait) return this.evaluateAwaiting(code);
      this.complain(error);
    }
    return this.ask();
  }

  evaluateAwaiting(code) {
    const [wrapped, hasResult] = withAwait(code);
    let promise;
    try {
      promise = runScript(wrapped, 'REPL');
    } catch (error) {
      this.complain(error);
      return this.ask();
    }
    return promise.then((value) => this.show(hasResult ? value : undefined), (error) => this.complain(error))
      .then(() => this.ask());
  }

  show(value) {
    this._ = value;
    process.stdout.write(`${inspect(value, { colors: process.stdout.isTTY === true && process.env.NO_COLOR === undefined })}\n`);
  }

  complain(error) {
    this._error = error;
    const shown = inspect(error).split('\n').filter((line) => !/^ +at .*(violet:|REPL:)/.test(line)).join('\n');
    process.stdout.write(`Uncaught ${shown.replace(/^\[(.*)\]$/, '$1')}\n`);
  }

  obey(name, argument) {
    if (name === 'exit') return this.reader.close();
    if (name === 'break' || name === 'clear') this.code = '';
    else if (name === 'help') process.stdout.write(`${kHelp.map(([word, text]) => `${word.padEnd(12)}${text}`).join('\n')}\n`);
    else if (name === 'load' || name === 'save') this.exchange(name, argument.trim());
    else process.stdout.write('Invalid REPL keyword\n');
    return this.ask();
  }

  exchange(name, file) {
    try {
      if (name === 'save') fs.writeFileSync(file, this.typed.join(''));
      else this.show(runScript(fs.readFileSync(file, 'utf8'), file));
    } catch (error) {
      this.complain(error);
    }
  }

  // Once drops what was typed, twice leaves.
  interrupt() {
    if (this.reader.line === '' && this.code === '') {
      if (this.isInterrupted) return this.reader.close();
      this.isInterrupted = true;
      process.stdout.write('\n(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
    } else {
      process.stdout.write('\n');
    }
    this.code = this.reader.line = '';
    return this.ask();
  }

  // Names behind a dot, and global ones.
  complete(line) {
    const [, owner, part] = /(?:([\w$.]+)\.)?([\w$]*)$/.exec(line);
    let names = [];
    try {
      const object = owner === undefined ? globalThis : runScript(owner, 'REPL');
      for (let at = Object(object); at !== null; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at));
    } catch { /* nothing to offer */ }
    names = [...new Set(names)].filter((name) => name.startsWith(part) && /^[\w$]+$/.test(name)).sort();
    return [part === '' && owner === undefined ? [] : names, part];
  }
}

function start() {
  require('internal_loader').offerGlobals('REPL');
  new Repl().start();
}

module.exports = { start };
