// The module `tty`.
'use strict';

const { guessHandle } = binding('tty');

const isatty = (descriptor) => Number.isInteger(descriptor) && descriptor >= 0 && guessHandle(descriptor) === 'tty';

module.exports = {
  isatty,
  get ReadStream() { return require('net').Socket; },
  get WriteStream() { return require('stream').Writable; },
};
