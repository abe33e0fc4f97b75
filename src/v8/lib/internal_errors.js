// Errors of the kinds that Node.js's documentation names, with their codes.
'use strict';

function withCode(Kind, code, message) {
  const error = new Kind(message);
  error.code = code;
  return nameCode(error, code);
}

// The stack tells the code, the name stays as it is.
function nameCode(error, code) {
  const { name } = error;
  if (typeof error.stack === 'string')
    Object.defineProperty(error, 'stack', { value: error.stack.replace(name, `${name} [${code}]`), writable: true, configurable: true });
  return error;
}

// "type number (5)", "an instance of Foo": what was given where something else was wanted.
function received(value) {
  const { inspect } = require('internal_inspect');
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'function' && value.name) return `function ${value.name}`;
  if (typeof value === 'object') {
    return value.constructor?.name ? `an instance of ${value.constructor.name}` : inspect(value, { depth: -1 });
  }
  let shown = inspect(value, { colors: false });
  if (shown.length > 28) shown = `${shown.slice(0, 25)}...`;
  return `type ${typeof value} (${shown})`;
}

function invalidType(name, wanted, value) {
  const kind = name.includes('.') ? 'property' : 'argument';
  return withCode(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${kind} must be ${/^(one|an) /.test(wanted) ? '' : 'of type '}${wanted}. ` +
                                                     `Received ${received(value)}`);
}

function invalidValue(name, value, why = 'is invalid') {
  const { inspect } = require('internal_inspect');
  const kind = name.includes('.') ? 'property' : 'argument';
  return withCode(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind} '${name}' ${why}. Received ${inspect(value)}`);
}

function outOfRange(name, wanted, value) {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const told = require('internal_inspect').inspect(value);
  const shown = isNumber && (value > 2 ** 32 || value < -(2 ** 32)) ? told.replace(/\B(?=(\d{3})+n?$)/g, '_') : told;
  return withCode(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${wanted}. Received ${shown}`);
}

function abortError(cause) {
  const error = new Error('The operation was aborted', cause === undefined ? undefined : { cause });
  error.name = 'AbortError';
  error.code = 'ABORT_ERR';
  return error;
}

const kDomCodes = { IndexSizeError: 1, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12,
                    InvalidAccessError: 15, TimeoutError: 23, DataCloneError: 25, AbortError: 20, NetworkError: 19 };

class DOMException extends Error {
  #name;
  constructor(message = '', name = 'Error') {
    super(message);
    this.#name = String(typeof name === 'object' ? name.name ?? 'Error' : name);
    Error.captureStackTrace(this, DOMException);
  }
  get name() { return this.#name; }
  get code() { return kDomCodes[this.#name] ?? 0; }
  get [Symbol.toStringTag]() { return 'DOMException'; }
}

// DOMException.ABORT_ERR and the like, on the class and on what it makes.
for (const [name, value] of Object.entries(kDomCodes)) {
  const constant = `${name.replace(/Error$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_ERR`;
  for (const target of [DOMException, DOMException.prototype]) Object.defineProperty(target, constant, { value, enumerable: true });
}

module.exports = { withCode, nameCode, received, invalidType, invalidValue, outOfRange, abortError, DOMException };
