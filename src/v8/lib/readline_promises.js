// The module `readline/promises`.
'use strict';

const readline = require('readline');
const { abortError } = require('internal_errors');

class Interface extends readline.Interface {
  question(text, options = {}) {
    return new Promise((resolve, reject) => {
      const leave = () => reject(abortError(options.signal.reason));
      if (options.signal?.aborted) return leave();
      options.signal?.addEventListener('abort', leave, { once: true });
      return super.question(text, options, resolve);
    });
  }
}

// Movements of a terminal's cursor, gathered and written at once.
class Readline {
  #todo = [];
  #stream;
  #isAtOnce;
  constructor(stream, { autoCommit = false } = {}) {
    this.#stream = stream;
    this.#isAtOnce = autoCommit;
  }
  #add(move) {
    this.#todo.push(move);
    if (this.#isAtOnce) process.nextTick(() => this.commit());
    return this;
  }
  clearLine(direction) { return this.#add((out) => readline.clearLine(out, direction)); }
  clearScreenDown() { return this.#add((out) => readline.clearScreenDown(out)); }
  cursorTo(x, y) { return this.#add((out) => readline.cursorTo(out, x, y)); }
  moveCursor(dx, dy) { return this.#add((out) => readline.moveCursor(out, dx, dy)); }
  rollback() { this.#todo = []; return this; }
  commit() {
    let text = '';
    for (const move of this.#todo.splice(0)) move({ write: (sequence) => { text += sequence; } });
    return new Promise((resolve) => this.#stream.write(text, resolve));
  }
}

module.exports = { Interface, Readline, createInterface: (...values) => new Interface(...values) };
