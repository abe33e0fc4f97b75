// The module `readline`: lines out of a stream, and on a terminal an editor for them.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { emitKeypressEvents } = require('internal_keypress');
const { LineEditor } = require('internal_line_editor');

class Interface extends EventEmitter {
  constructor(options, output, completer, terminal) {
    super();
    if (options.input === undefined) options = { input: options, output, completer, terminal };
    this.input = options.input;
    this.output = options.output;
    this.terminal = options.terminal ?? this.output?.isTTY === true;
    this.completer = options.completer;
    this.historySize = options.historySize ?? 30;
    this.history = options.history ?? [];
    this.line = '';
    this.cursor = this.terminal ? 0 : undefined;
    this.closed = this.paused = false;
    this.promptText = options.prompt ?? '> ';
    this.asked = null;         // who waits for the answer to a question, and its prompt
    if (this.terminal) this.startEditing(); else this.startReading();
    this.onEnd = () => this.finish();
    this.input.on('end', this.onEnd);
    options.signal?.addEventListener('abort', () => this.close(), { once: true });
    this.input.resume();
  }

  startReading() {
    const decoder = new StringDecoder('utf8');
    this.onData = (bytes) => this.take(typeof bytes === 'string' ? bytes : decoder.write(bytes));
    this.input.on('data', this.onData);
  }

  startEditing() {
    this.editor = new LineEditor(this);
    this.onKey = (text, key) => { if (!this.closed) this.editor.key(text, key); };
    emitKeypressEvents(this.input);
    this.input.setRawMode?.(true);
    this.input.on('keypress', this.onKey);
  }

  // A line feed behind a carriage return belongs to it, even when it comes later.
  take(text) {
    if (this.endedInReturn && text.startsWith('\n')) text = text.slice(1);
    this.endedInReturn = text === '' ? this.endedInReturn : text.endsWith('\r');
    const lines = (this.line + text).split(/\r\n|\n|\r/);
    this.line = lines.pop();
    for (const line of lines) this.tellLine(line);
  }

  tellLine(line) {
    const { asked } = this;
    this.asked = null;
    if (asked !== null) asked.callback(line); else this.emit('line', line);
  }

  // The input has ended; a last line may lack its end.
  finish() {
    if (this.closed) return;
    const rest = this.terminal ? '' : this.line;
    this.line = '';
    if (rest !== '') this.tellLine(rest);
    this.close();
  }

  getPrompt() { return this.asked?.text ?? this.promptText; }
  setPrompt(text) { this.promptText = String(text); }

  prompt(keepCursor) {
    if (this.paused) this.resume();
    if (!this.terminal) return void this.output?.write(this.getPrompt());
    if (!keepCursor) this.cursor = this.line.length;
    this.editor.draw();
  }

  question(text, options, callback) {
    if (typeof options === 'function') [options, callback] = [{}, options];
    if (this.closed) throw Object.assign(new Error('readline was closed'), { code: 'ERR_USE_AFTER_CLOSE' });
    if (this.asked !== null) return this.prompt();
    this.asked = { text: String(text), callback };
    options?.signal?.addEventListener('abort', () => { this.asked = null; }, { once: true });
    this.prompt();
  }

  pause() {
    if (this.paused) return this;
    this.paused = true;
    this.input.pause();
    this.emit('pause');
    return this;
  }
  resume() {
    if (!this.paused) return this;
    this.paused = false;
    this.input.resume();
    this.emit('resume');
    return this;
  }

  write(data, key) {
    if (this.closed) throw Object.assign(new Error('readline was closed'), { code: 'ERR_USE_AFTER_CLOSE' });
    if (this.paused) this.resume();
    if (!this.terminal) return this.take(String(data));
    if (key) this.editor.key(undefined, key);
    else for (const letter of String(data)) this.editor.key(letter, { name: letter === '\n' || letter === '\r' ? 'return' : undefined });
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.pause();
    this.input.removeListener('end', this.onEnd);
    if (this.onData) this.input.removeListener('data', this.onData);
    if (this.onKey) {
      this.input.removeListener('keypress', this.onKey);
      this.input.setRawMode?.(false);
    }
    this.emit('close');
  }

  // On a terminal alone there is a place in the line.
  getCursorPos() { return { rows: 0, cols: this.getPrompt().length + (this.cursor ?? 0) }; }

  async *[Symbol.asyncIterator]() {
    const lines = [];
    let wake = () => {};
    const add = (line) => { lines.push(line); wake(); };
    const end = () => wake();
    this.on('line', add);
    this.on('close', end);
    try {
      while (lines.length > 0 || !this.closed) {
        if (lines.length > 0) yield lines.shift();
        else await new Promise((resolve) => { wake = resolve; });
      }
    } finally {
      this.removeListener('line', add);
      this.removeListener('close', end);
      this.close();
    }
  }
}

Interface.prototype.question[require('util').promisify.custom] = function(text, options) {
  return new Promise((resolve, reject) => {
    options?.signal?.addEventListener('abort', () => reject(options.signal.reason), { once: true });
    this.question(text, options, resolve);
  });
};

const control = (sequence) => (stream, callback) => stream.write(sequence, callback);
const clearScreenDown = control('\x1b[0J');

function clearLine(stream, direction, callback) {
  return stream.write(direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
}

function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') [y, callback] = [undefined, y];
  return stream.write(y === undefined ? `\x1b[${x + 1}G` : `\x1b[${y + 1};${x + 1}H`, callback);
}

function moveCursor(stream, dx, dy, callback) {
  const move = (count, forward, back) => count > 0 ? `\x1b[${count}${forward}` : count < 0 ? `\x1b[${-count}${back}` : '';
  return stream.write(move(dx, 'C', 'D') + move(dy, 'B', 'A'), callback);
}

module.exports = {
  Interface, createInterface: (...values) => new Interface(...values),
  clearLine, clearScreenDown, cursorTo, moveCursor, emitKeypressEvents,
  get promises() { return require('readline_promises'); },
};
