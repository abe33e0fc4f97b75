// fs.watch() and fs.watchFile().
'use strict';

const EventEmitter = require('events');
const { FSEvent, UV_RENAME } = binding('fs');
const { newError } = binding('process');
const fs = require('fs');
const { invalidType } = require('internal_errors');

class FSWatcher extends EventEmitter {
  constructor(path, { persistent = true, recursive = false, signal } = {}) {
    super();
    this.handle = new FSEvent();
    this.handle.onchange = (status, events, name) => {
      if (status < 0) return this.emit('error', newError(status, 'watch', path));
      this.emit('change', (events & UV_RENAME) !== 0 ? 'rename' : 'change', name);
    };
    this.handle.onclose = undefined;
    const error = this.handle.start(path, recursive);
    if (error !== 0) {
      this.handle.onclose = undefined;
      this.handle.close();
      throw Object.assign(newError(error, 'watch', path), { filename: path });
    }
    if (!persistent) this.handle.unref();
    if (signal?.aborted) process.nextTick(() => this.close());
    else signal?.addEventListener('abort', () => this.close(), { once: true });
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.handle.close();
    process.nextTick(() => this.emit('close'));
  }
  ref() { this.handle.ref(); return this; }
  unref() { this.handle.unref(); return this; }
}

function watch(path, options, listener) {
  if (typeof options === 'function') [options, listener] = [{}, options];
  path = path instanceof URL ? require('url').fileURLToPath(path) : String(path);
  const watcher = new FSWatcher(path, typeof options === 'string' ? {} : options);
  if (listener) watcher.on('change', listener);
  return watcher;
}

const watchers = new Map();
const kNothing = new fs.Stats(new Array(14).fill(0));
const look = (path) => fs.statSync(path, { throwIfNoEntry: false }) ?? kNothing;

class StatWatcher extends EventEmitter {
  constructor(path, { interval = 5007, persistent = true }) {
    super();
    let before = look(path);
    // That there is nothing is told, once.
    if (before === kNothing) this.first = setTimeout(() => { if (before === kNothing) this.emit('change', kNothing, kNothing); }, 1);
    this.timer = setInterval(() => {
      const now = look(path);
      if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino)
        this.emit('change', now, before);
      before = now;
    }, interval);
    if (!persistent) this.timer.unref();
  }
  stop() { clearInterval(this.timer); clearTimeout(this.first); }
  ref() { this.timer.ref(); return this; }
  unref() { this.timer.unref(); return this; }
}

function watchFile(path, options, listener) {
  if (typeof options === 'function') [options, listener] = [{}, options];
  if (typeof listener !== 'function') throw invalidType('listener', 'function', listener);
  if (!watchers.has(path)) watchers.set(path, new StatWatcher(path, options));
  return watchers.get(path).on('change', listener);
}

function unwatchFile(path, listener) {
  const watcher = watchers.get(path);
  if (watcher === undefined) return;
  if (listener) watcher.removeListener('change', listener); else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') > 0) return;
  watcher.stop();
  watchers.delete(path);
}

module.exports = { watch, watchFile, unwatchFile };
