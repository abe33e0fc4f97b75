// util.parseArgs(): the words of a command line.
'use strict';

const { withCode } = require('internal_errors');

function parseArgs({ args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict } = {}) {
  const values = Object.create(null), positionals = [];
  const nameOfShort = (letter) => Object.keys(options).find((name) => options[name].short === letter);

  function store(name, value, shown) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined && strict) {
      throw withCode(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${shown}'`);
    }
    if (strict && option.type === 'string' && value === undefined) {
      throw withCode(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
    }
    if (strict && option.type === 'boolean' && value !== undefined) {
      throw withCode(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
    }
    const kept = value ?? true;
    if (option?.multiple) (values[name] ??= []).push(kept); else values[name] = kept;
  }

  for (let i = 0; i < args.length; i++) {
    const word = args[i];
    if (word === '--') {
      args.slice(i + 1).forEach(takePositional);
      break;
    }
    if (/^--[^=]+=/.test(word)) {
      const at = word.indexOf('=');
      store(word.slice(2, at), word.slice(at + 1), word.slice(0, at));
    } else if (word.startsWith('--')) {
      const name = word.slice(2);
      const takes = options[name]?.type === 'string' && args[i + 1] !== undefined && !args[i + 1].startsWith('-');
      store(name, takes ? args[++i] : undefined, word);
    } else if (/^-[^-]/.test(word)) {
      const letters = [...word.slice(1)];
      while (letters.length > 0) {
        const letter = letters.shift();
        const name = nameOfShort(letter) ?? letter;
        if (options[name]?.type !== 'string') { store(name, undefined, `-${letter}`); continue; }
        const attached = letters.splice(0).join('');
        store(name, attached !== '' ? attached : args[i + 1] !== undefined ? args[++i] : undefined, `-${letter}`);
      }
    } else {
      takePositional(word);
    }
  }

  function takePositional(word) {
    if (!allowPositionals) {
      throw withCode(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${word}'. This command does not take positional arguments`);
    }
    positionals.push(word);
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  return { values, positionals };
}

module.exports = { parseArgs };
