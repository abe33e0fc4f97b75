// util.parseArgs(): the words of a command line, first as tokens, then as values.
'use strict';

const { withCode, invalidValue, invalidType } = require('internal_errors');

function checkOptions(options) {
  for (const [name, { type, short, multiple }] of Object.entries(options)) {
    if (type !== 'string' && type !== 'boolean') {
      throw withCode(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options.${name}.type" property must be ('string|boolean'). ` +
                     `Received ${require('internal_errors').received(type)}`);
    }
    if (short !== undefined && typeof short !== 'string') throw invalidType(`options.${name}.short`, 'string', short);
    if (short !== undefined && short.length !== 1) throw invalidValue(`options.${name}.short`, short, 'must be a single character');
    if (multiple !== undefined && typeof multiple !== 'boolean') throw invalidType(`options.${name}.multiple`, 'boolean', multiple);
  }
}

function tokensOf(args, options) {
  const tokens = [];
  const nameOfShort = (letter) => Object.keys(options).find((name) => options[name].short === letter) ?? letter;
  const takesValue = (name) => Object.hasOwn(options, name) && options[name].type === 'string';
  const add = (name, rawName, index, value, inlineValue) => tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (let at = index + 1; at < args.length; at++) tokens.push({ kind: 'positional', index: at, value: args[at] });
      break;
    }
    if (/^--[^=]+=/.test(word)) {
      const at = word.indexOf('=');
      add(word.slice(2, at), word.slice(0, at), index, word.slice(at + 1), true);
    } else if (/^--./.test(word)) {
      const next = takesValue(word.slice(2)) ? args[index + 1] : undefined;
      add(word.slice(2), word, index, next, next === undefined ? undefined : false);
      if (next !== undefined) index++;
    } else if (/^-[^-]/.test(word)) {
      const letters = [...word.slice(1)];
      for (const at = index; letters.length > 0;) {
        const letter = letters.shift();
        const name = nameOfShort(letter);
        if (!takesValue(name)) { add(name, `-${letter}`, at, undefined, undefined); continue; }
        const attached = letters.splice(0).join('');
        const value = attached !== '' ? attached : args[index + 1];
        add(name, `-${letter}`, at, value, value === undefined ? undefined : attached !== '');
        if (attached === '' && value !== undefined) index++;
      }
    } else {
      tokens.push({ kind: 'positional', index, value: word });
    }
  }
  return tokens;
}

function checkToken(token, options, allowPositionals) {
  const { kind, name, rawName, value } = token;
  if (kind === 'positional' && !allowPositionals) {
    throw withCode(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${value}'. This command does not take positional arguments`);
  }
  if (kind !== 'option') return;
  if (!Object.hasOwn(options, name)) {
    const hint = allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"` : '';
    throw withCode(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
  }
  const { type, short } = options[name];
  const shown = `${short === undefined ? '' : `-${short}, `}--${name}`;
  const invalid = (message) => withCode(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message);
  if (type === 'string' && typeof value !== 'string') throw invalid(`Option '${shown} <value>' argument missing`);
  if (type === 'boolean' && value !== undefined) throw invalid(`Option '${shown}' does not take an argument`);
  if (token.inlineValue === false && /^-./.test(value)) {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw invalid(`Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\n` +
                  `To specify an option argument starting with a dash use ${example}.`);
  }
}

function parseArgs({ args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict, tokens: isAsked = false } = {}) {
  checkOptions(options);
  const tokens = tokensOf(args, options);
  const values = Object.create(null), positionals = [];
  for (const token of tokens) {
    if (strict) checkToken(token, options, allowPositionals);
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option' || token.name === '__proto__') continue;
    const kept = token.value ?? true;
    if (Object.hasOwn(options, token.name) && options[token.name].multiple) (values[token.name] ??= []).push(kept);
    else values[token.name] = kept;
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  return isAsked ? { values, positionals, tokens } : { values, positionals };
}

module.exports = { parseArgs };
