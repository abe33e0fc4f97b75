// fs.watch() and fs.watchFile().
'use strict';

const EventEmitter = require('events');
const { FSEvent, constants } = binding('fs');
const { newError } = binding('process');
const fs = require('fs');

class FSWatcher extends EventEmitter {
  constructor(path, { persistent = true, recursive = false } = {}) {
    super();
    this.handle = new FSEvent();
    this.handle.onchange = (status, events, name) => {
      if (status < 0) return this.emit('error', newError(status, 'watch', path));
      this.emit('change', (events & constants.UV_RENAME) !== 0 ? 'rename' : 'change', name);
    };
    this.handle.onclose = () => this.emit('close');
    const error = this.handle.start(path, recursive);
    if (error !== 0) {
      this.handle.onclose = undefined;
      this.handle.close();
      throw newError(error, 'watch', path);
    }
    if (!persistent) this.handle.unref();
  }
  close() { this.handle.close(); }
  ref() { this.handle.ref(); return this; }
  unref() { this.handle.unref(); return this; }
}

function watch(path, options, listener) {
  if (typeof options === 'function') [options, listener] = [{}, options];
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
    this.timer = setInterval(() => {
      const now = look(path);
      if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino)
        this.emit('change', now, before);
      before = now;
    }, interval);
    if (!persistent) this.timer.unref();
  }
  stop() { clearInterval(this.timer); }
}

function watchFile(path, options, listener) {
  if (typeof options === 'function') [options, listener] = [{}, options];
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
