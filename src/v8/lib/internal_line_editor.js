// A line on a terminal that is being edited: cursor, deletions, history.
'use strict';

class LineEditor {
  constructor(owner) {
    this.owner = owner;
    this.history = owner.history;
    this.at = -1;          // in the history; -1 is the line that is being written
    this.draft = '';
  }

  get line() { return this.owner.line; }
  get cursor() { return this.owner.cursor; }

  change(line, cursor) {
    this.owner.line = line;
    this.owner.cursor = Math.min(Math.max(cursor, 0), line.length);
    this.draw();
  }

  // The line anew: return to its beginning, write it, clear what is behind it, go to the cursor.
  draw() {
    const { owner } = this;
    const width = (text) => [...text.replace(/\x1b\[[\d;]*[A-Za-z]/g, '')].length;
    const column = width(owner.getPrompt()) + width(this.line.slice(0, this.cursor));
    owner.output?.write(`\r${owner.getPrompt()}${this.line}\x1b[0K\r${column > 0 ? `\x1b[${column}C` : ''}`);
  }

  insert(text) {
    this.change(this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor), this.cursor + text.length);
  }

  wordBefore() {
    return this.cursor - /(\S+\s*|\s+)?$/.exec(this.line.slice(0, this.cursor))[0].length;
  }
  wordAfter() {
    return this.cursor + /^(\s*\S+|\s+)?/.exec(this.line.slice(this.cursor))[0].length;
  }

  remove(from, to) {
    this.change(this.line.slice(0, from) + this.line.slice(to), from);
  }

  recall(step) {
    const to = this.at + step;
    if (to < -1 || to >= this.history.length) return;
    if (this.at === -1) this.draft = this.line;
    this.at = to;
    const line = to === -1 ? this.draft : this.history[to];
    this.change(line, line.length);
  }

  enter() {
    const { line, owner } = this;
    if (line.trim() !== '' && this.history[0] !== line) {
      this.history.unshift(line);
      if (this.history.length > owner.historySize) this.history.pop();
      owner.emit('history', [...this.history]);
    }
    this.at = -1;
    owner.line = '';
    owner.cursor = 0;
    owner.output?.write('\r\n');
    owner.tellLine(line);
  }

  key(text, { name, ctrl, meta }) {
    const { line, cursor } = this;
    const actions = ctrl ? {
      a: () => this.change(line, 0), e: () => this.change(line, line.length), b: () => this.change(line, cursor - 1),
      f: () => this.change(line, cursor + 1), u: () => this.remove(0, cursor), k: () => this.remove(cursor, line.length),
      w: () => this.remove(this.wordBefore(), cursor), h: () => this.remove(Math.max(cursor - 1, 0), cursor),
      p: () => this.recall(1), n: () => this.recall(-1), l: () => { this.owner.output?.write('\x1b[1;1H\x1b[0J'); this.draw(); },
      left: () => this.change(line, this.wordBefore()), right: () => this.change(line, this.wordAfter()),
      c: () => { if (!this.owner.emit('SIGINT')) this.owner.close(); },
      d: () => line === '' ? this.owner.close() : this.remove(cursor, cursor + 1),
    } : {
      return: () => this.enter(), enter: () => this.enter(), left: () => this.change(line, cursor - 1),
      right: () => this.change(line, cursor + 1), home: () => this.change(line, 0), end: () => this.change(line, line.length),
      backspace: () => this.remove(Math.max(cursor - 1, 0), cursor), delete: () => this.remove(cursor, cursor + 1),
      up: () => this.recall(1), down: () => this.recall(-1), tab: () => this.complete(), escape: () => {},
    };
    if (actions[name] !== undefined) actions[name]();
    else if (!ctrl && !meta && text !== undefined) this.insert(text);
  }

  complete() {
    const { completer } = this.owner;
    if (completer === undefined) return this.insert('\t');
    const use = (error, [hits, part] = [[], '']) => {
      if (error || hits.length === 0) return;
      let common = hits[0];
      for (const hit of hits) while (!hit.startsWith(common)) common = common.slice(0, -1);
      if (common.length > part.length) return this.insert(common.slice(part.length));
      this.owner.output?.write(`\r\n${hits.join('  ')}\r\n`);
      this.draw();
    };
    const before = this.line.slice(0, this.cursor);
    if (completer.length === 2) completer(before, use); else use(null, completer(before));
  }
}

module.exports = { LineEditor };
