// What is made of the operations of fs.js: folders opened and copied, numbers as BigInt, lists of buffers.
'use strict';

const path = require('path');
const { Buffer } = require('buffer');

class Dir {
  #entries;
  constructor(folder, entries) { this.path = folder; this.#entries = entries; }
  readSync() { return this.#entries.shift() ?? null; }
  read(callback) {
    if (callback === undefined) return Promise.resolve(this.readSync());
    process.nextTick(() => callback(null, this.readSync()));
    return undefined;
  }
  closeSync() { this.#entries = []; }
  close(callback) {
    this.closeSync();
    if (callback === undefined) return Promise.resolve();
    process.nextTick(callback, null);
    return undefined;
  }
  async *[Symbol.asyncIterator]() {
    for (let entry = this.readSync(); entry !== null; entry = this.readSync()) yield entry;
  }
}

// `stat(..., { bigint: true })`: every number of a Stats, and nanoseconds.
class BigIntStats {
  constructor(stats) {
    for (const [name, value] of Object.entries(stats)) {
      if (typeof value === 'number') this[name] = BigInt(Math.trunc(value));
    }
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[`${name}Ns`] = BigInt(Math.round(stats[`${name}Ms`] * 1e6));
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = stats[name];
    Object.defineProperty(this, 'plain', { value: stats });
  }
}
for (const name of ['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO', 'isSocket', 'isCharacterDevice', 'isBlockDevice'])
  BigIntStats.prototype[name] = function() { return this.plain[name](); };

function existsError(target) {
  return Object.assign(new Error(`Target already exists: cp returned EEXIST (${target} already exists) ${target}`),
                       { code: 'ERR_FS_CP_EEXIST', errno: 17, syscall: 'cp', path: target });
}

async function copyTree(promises, source, target, options) {
  const { recursive = false, force = true, errorOnExist = false, filter } = options;
  if (filter !== undefined && !await filter(source, target)) return;
  const status = await promises.lstat(source);
  if (status.isDirectory()) {
    if (!recursive) {
      throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${source} is a directory ` +
                                    `(not copied)) ${source}`), { code: 'ERR_FS_EISDIR', errno: 21, syscall: 'cp', path: source });
    }
    await promises.mkdir(target, { recursive: true });
    for (const name of await promises.readdir(source)) await copyTree(promises, path.join(source, name), path.join(target, name), options);
    return;
  }
  const exists = await promises.access(target).then(() => true, () => false);
  if (exists && !force && errorOnExist) throw existsError(target);
  if (exists && !force) return;
  if (status.isSymbolicLink()) {
    if (exists) await promises.unlink(target);
    await promises.symlink(path.resolve(path.dirname(source), await promises.readlink(source)), target);
  } else {
    await promises.mkdir(path.dirname(target), { recursive: true });
    await promises.copyFile(source, target);
  }
}

function copyTreeSync(fs, source, target, options = {}) {
  const status = fs.lstatSync(source);
  if (!status.isDirectory()) { fs.copyFileSync(source, target); return; }
  if (!options.recursive) throw Object.assign(new Error(`Recursive option not enabled, cannot copy a directory: ${source}`), { code: 'ERR_FS_EISDIR' });
  fs.mkdirSync(target, { recursive: true });
  for (const name of fs.readdirSync(source)) copyTreeSync(fs, path.join(source, name), path.join(target, name), options);
}

// readdir() with `recursive`: what is in the folders below, by the path from the first one.
function extendWithRecursion(fs, promises) {
  const isWanted = (options) => options?.recursive === true;
  const [listed, listedSync, listedLater] = [fs.readdir, fs.readdirSync, promises.readdir];
  function collect(folder, below, entries, options, found) {
    const deeper = [];
    for (const entry of entries) {
      found.push(options.withFileTypes ? entry : path.join(below, entry.name));
      if (entry.isDirectory()) deeper.push([path.join(folder, entry.name), path.join(below, entry.name)]);
    }
    return deeper;
  }
  fs.readdirSync = (folder, options) => {
    if (!isWanted(options)) return listedSync(folder, options);
    const found = [], left = [[String(folder), '']];
    while (left.length > 0) {
      const [at, below] = left.shift();
      left.push(...collect(at, below, listedSync(at, { withFileTypes: true }), options, found));
    }
    return found;
  };
  promises.readdir = async (folder, options) => {
    if (!isWanted(options)) return listedLater(folder, options);
    const found = [], left = [[String(folder), '']];
    while (left.length > 0) {
      const [at, below] = left.shift();
      left.push(...collect(at, below, await listedLater(at, { withFileTypes: true }), options, found));
    }
    return found;
  };
  fs.readdir = (folder, options, callback) => {
    if (!isWanted(options)) return callback === undefined ? listed(folder, options) : listed(folder, options, callback);
    promises.readdir(folder, options).then((found) => process.nextTick(callback, null, found), (error) => process.nextTick(callback, error));
  };
}

function extend(fs, promises) {
  fs.Dir = Dir;
  for (const name of ['stat', 'lstat', 'fstat']) {
    const [plainSync, plain, promised] = [fs[`${name}Sync`], fs[name], promises[name]];
    fs[`${name}Sync`] = (file, options) => {
      const found = plainSync(file, options);
      return options?.bigint && found !== undefined ? new BigIntStats(found) : found;
    };
    fs[name] = (file, options, callback) => {
      if (typeof options === 'function') return plain(file, options);
      return plain(file, (error, found) => error ? callback(error) : callback(null, options?.bigint ? new BigIntStats(found) : found));
    };
    Object.defineProperty(promises, name, { configurable: true, writable: true, enumerable: name !== 'fstat', value: async (file, options) => {
      const found = await promised(file);
      return options?.bigint ? new BigIntStats(found) : found;
    } });
  }
  const listed = (folder, entries) => new Dir(folder, entries);
  fs.opendirSync = (folder) => listed(folder, fs.readdirSync(folder, { withFileTypes: true }));
  promises.opendir = async (folder) => listed(folder, await promises.readdir(folder, { withFileTypes: true }));
  promises.cp = (source, target, options = {}) => copyTree(promises, String(source), String(target), options);
  fs.cpSync = (source, target, options) => copyTreeSync(fs, String(source), String(target), options);
  for (const name of ['opendir', 'cp']) {
    fs[name] = (...values) => {
      const callback = values.pop();
      promises[name](...values).then((value) => process.nextTick(callback, null, value), (error) => process.nextTick(callback, error));
    };
  }
  fs.writev = (file, buffers, position, callback) => {
    if (typeof position === 'function') [position, callback] = [null, position];
    const all = Buffer.concat(buffers);
    fs.write(file, all, 0, all.length, position, (error, count) => callback(error, count, buffers));
  };
  fs.writevSync = (file, buffers, position) => fs.writeSync(file, Buffer.concat(buffers), 0, undefined, position);
  fs.readvSync = (file, buffers, position) => {
    let total = 0;
    for (const buffer of buffers) {
      const count = fs.readSync(file, buffer, 0, buffer.byteLength, typeof position === 'number' ? position + total : null);
      total += count;
      if (count < buffer.byteLength) break;
    }
    return total;
  };
  fs.readv = (file, buffers, position, callback) => {
    if (typeof position === 'function') [position, callback] = [null, position];
    const go = (at, total) => {
      if (at === buffers.length) return callback(null, total, buffers);
      const place = typeof position === 'number' ? position + total : null;
      fs.read(file, buffers[at], 0, buffers[at].byteLength, place, (error, count) => {
        if (error) callback(error);
        else if (count < buffers[at].byteLength) callback(null, total + count, buffers);
        else go(at + 1, total + count);
      });
    };
    go(0, 0);
  };
  extendWithRecursion(fs, promises);
  promises.watch = async function*(file, options = {}) {
    const events = require('events').on(fs.watch(file, options), 'change', { signal: options.signal });
    for await (const [eventType, filename] of events) yield { eventType, filename };
  };
}

module.exports = { extend };
