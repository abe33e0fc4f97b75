// The module `fs`. Every operation of the binding comes in three shapes from one table: NAMESync, NAME
// with a callback, and promises.NAME.
'use strict';

const native = binding('fs');
const { constants } = native;
const { Buffer, asBuffer } = require('buffer');
const { invalidType, invalidValue, outOfRange, withCode } = require('internal_errors');

const flagNames = {
  'r': constants.O_RDONLY, 'rs': constants.O_RDONLY | constants.O_SYNC, 'r+': constants.O_RDWR,
  'sr': constants.O_RDONLY | constants.O_SYNC, 'rs+': constants.O_RDWR | constants.O_SYNC,
  'w': constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
  'wx': constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_EXCL,
  'w+': constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  'wx+': constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | constants.O_EXCL,
  'a': constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
  'ax': constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_EXCL,
  'a+': constants.O_RDWR | constants.O_CREAT | constants.O_APPEND,
  'ax+': constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_EXCL,
  'as': constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_SYNC,
  'as+': constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_SYNC,
};
function flagsOf(flags = 'r') {
  const known = typeof flags === 'number' ? flags : flagNames[flags];
  if (known === undefined) throw invalidValue('flags', flags);
  return known;
}
function modeOf(mode, otherwise) {
  if (typeof mode !== 'string') return mode ?? otherwise;
  if (!/^[0-7]+$/.test(mode)) throw invalidValue('mode', mode, 'must be a 32-bit unsigned integer or an octal string');
  return parseInt(mode, 8);
}

function fileOf(file) {
  if (typeof file !== 'number') throw invalidType('fd', 'number', file);
  if (!Number.isInteger(file)) throw outOfRange('fd', 'an integer', file);
  if (file < 0 || file > 2 ** 31 - 1) throw outOfRange('fd', '>= 0 && <= 2147483647', file);
  return file;
}

function pathOf(path, name = 'path') {
  if (typeof path === 'string') {
    if (path.includes('\0')) throw invalidValue(name, path, 'must be a string or Uint8Array without null bytes');
    return path;
  }
  if (path instanceof Uint8Array) return asBuffer(path).toString();
  if (path?.href !== undefined) return require('url').fileURLToPath(path);
  throw invalidType(name, 'string or an instance of Buffer or URL', path);
}

const kinds = { isFile: constants.S_IFREG, isDirectory: constants.S_IFDIR, isSymbolicLink: constants.S_IFLNK,
                isFIFO: constants.S_IFIFO, isSocket: constants.S_IFSOCK,
                isCharacterDevice: constants.S_IFCHR, isBlockDevice: constants.S_IFBLK };

// The binding leaves what it hears of a file's status in `status`, until the next one.
const { status } = native;
const statusKind = () => status[1] & constants.S_IFMT;

class Stats {
  constructor(fields = status) {
    [this.dev, this.mode, this.nlink, this.uid, this.gid, this.rdev, this.blksize, this.ino, this.size,
     this.blocks, this.atimeMs, this.mtimeMs, this.ctimeMs, this.birthtimeMs] = fields;
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime'])
      this[name] = new Date(Math.round(this[`${name}Ms`]));
  }
}
for (const [name, kind] of Object.entries(kinds))
  Stats.prototype[name] = function() { return (this.mode & constants.S_IFMT) === kind; };

const direntKinds = { isFile: 'FILE', isDirectory: 'DIR', isSymbolicLink: 'LINK', isFIFO: 'FIFO',
                      isSocket: 'SOCKET', isCharacterDevice: 'CHAR', isBlockDevice: 'BLOCK' };
class Dirent {
  #type;
  constructor(name, type, path) { this.name = name; this.path = path; this.#type = type; }
  static {
    for (const [name, kind] of Object.entries(direntKinds))
      this.prototype[name] = function() { return this.#type === constants[`UV_DIRENT_${kind}`]; };
  }
}

function entriesOf(list, path, options) {
  const { withFileTypes = false, encoding } = typeof options === 'object' && options !== null ? options : { encoding: options };
  const nameOf = (name) => encoding === undefined || encoding === null || encoding === 'utf8' ? name : textOrBytes(Buffer.from(name), encoding);
  const entries = [];
  for (let i = 0; i < list.length; i += 2)
    entries.push(withFileTypes ? new Dirent(nameOf(list[i]), list[i + 1], path) : nameOf(list[i]));
  return entries;
}

class StatFs {
  constructor(fields, options) {
    [this.type, this.bsize, this.blocks, this.bfree, this.bavail, this.files, this.ffree] = options?.bigint ? fields.map(BigInt) : fields;
  }
}

const secondsOf = (time) => time instanceof Date ? time.getTime() / 1e3 : Number(time);
const same = (value) => value;
const nothing = () => undefined;

// name: [how arguments become those of the binding, what becomes of its value]
const operations = {
  access: [(path, mode = constants.F_OK) => ['access', pathOf(path), mode], nothing],
  chmod: [(path, mode) => ['chmod', pathOf(path), modeOf(mode)], nothing],
  chown: [(path, user, group) => ['chown', pathOf(path), user, group], nothing],
  close: [(file) => ['close', fileOf(file)], nothing],
  copyFile: [(path, target, mode = 0) => ['copyfile', pathOf(path), pathOf(target), mode], nothing],
  fchmod: [(file, mode) => ['fchmod', fileOf(file), modeOf(mode)], nothing],
  fchown: [(file, user, group) => ['fchown', fileOf(file), user, group], nothing],
  fdatasync: [(file) => ['fdatasync', fileOf(file)], nothing],
  fstat: [(file) => ['fstat', fileOf(file)], () => new Stats()],
  fsync: [(file) => ['fsync', fileOf(file)], nothing],
  ftruncate: [(file, size = 0) => ['ftruncate', fileOf(file), Math.max(0, size)], nothing],
  futimes: [(file, access, change) => ['futime', fileOf(file), secondsOf(access), secondsOf(change)], nothing],
  lchown: [(path, user, group) => ['lchown', pathOf(path), user, group], nothing],
  link: [(path, target) => ['link', pathOf(path), pathOf(target)], nothing],
  lstat: [(path) => ['lstat', pathOf(path)], () => new Stats()],
  lutimes: [(path, access, change) => ['lutime', pathOf(path), secondsOf(access), secondsOf(change)], nothing],
  mkdtemp: [(prefix) => ['mkdtemp', `${pathOf(prefix, 'prefix')}XXXXXX`], (value, [, options]) => encoded(value, options)],
  open: [(path, flags, mode) => ['open', pathOf(path), flagsOf(flags), modeOf(mode, 0o666)], same],
  readdir: [(path) => ['scandir', pathOf(path), 0], (value, [path, options]) => entriesOf(value, pathOf(path), options)],
  readlink: [(path) => ['readlink', pathOf(path)], (value, [, options]) => encoded(value, options)],
  realpath: [(path) => ['realpath', pathOf(path)], (value, [, options]) => encoded(value, options)],
  rename: [(path, target) => ['rename', pathOf(path), pathOf(target)], nothing],
  rmdir: [(path) => ['rmdir', pathOf(path)], nothing],
  stat: [(path) => ['stat', pathOf(path)], () => new Stats()],
  statfs: [(path) => ['statfs', pathOf(path)], (value, [, options]) => new StatFs(value, options)],
  symlink: [(target, path) => ['symlink', pathOf(target), pathOf(path), 0], nothing],
  unlink: [(path) => ['unlink', pathOf(path)], nothing],
  utimes: [(path, access, change) => ['utime', pathOf(path), secondsOf(access), secondsOf(change)], nothing],
};

function runLater(name, values) {
  const [prepare, finish] = operations[name];
  const [operation, ...prepared] = prepare(...values);
  return new Promise((resolve, reject) => {
    native[operation](...prepared, { oncomplete(error, value) {
      if (error !== null) reject(error);
      else resolve(finish(value, values));
    } });
  });
}

function runWithCallback(name, values, callback) {
  if (typeof callback !== 'function') throw invalidType('cb', 'function', callback);
  const [prepare, finish] = operations[name];
  const [operation, ...prepared] = prepare(...values);
  native[operation](...prepared, { oncomplete(error, value) {
    if (error !== null) callback(error);
    else callback(null, finish(value, values));
  } });
}

const fs = { constants, Stats, Dirent, F_OK: constants.F_OK, R_OK: constants.R_OK, W_OK: constants.W_OK,
             X_OK: constants.X_OK };
const promises = { constants };
const promisedForms = [];
for (const name of Object.keys(operations)) {
  fs[`${name}Sync`] = (...values) => {
    const [prepare, finish] = operations[name];
    const [operation, ...prepared] = prepare(...values);
    return finish(native[operation](...prepared), values);
  };
  fs[name] = (...values) => {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    runWithCallback(name, values, callback);
  };
  promises[name] = async (...values) => runLater(name, values);
}

// stat with `throwIfNoEntry: false` says undefined.
for (const name of ['statSync', 'lstatSync']) {
  const strict = fs[name];
  fs[name] = (path, options) => {
    try {
      return strict(path);
    } catch (error) {
      if (options?.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
}

function encodingOf(options) {
  const encoding = typeof options === 'string' ? options : options?.encoding ?? undefined;
  if (encoding !== undefined && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw invalidValue(encoding, 'encoding', 'is invalid encoding');
  return encoding;
}
// What the system calls something, as the caller wants to have it.
function encoded(name, options) {
  const encoding = encodingOf(options) ?? 'utf8';
  return encoding === 'utf8' || encoding === 'utf-8' ? name : textOrBytes(Buffer.from(name), encoding);
}
const textOrBytes = (bytes, options) => {
  const encoding = encodingOf(options);
  return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
};
function bytesOf(data, options) {
  if (typeof data === 'string') return Buffer.from(data, encodingOf(options));
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw invalidType('data', 'string or an instance of Buffer, TypedArray, or DataView', data);
}

// What takes more than one operation is a generator of steps: each yields a call of the binding, which is done at
// once or awaited. These read an open file until its end.
function* readAll(file, size) {
  const chunks = [];
  let total = 0;
  for (let room = size > 0 ? size : 8192; ; room = Math.max(8192, Math.min(total, 512 * 1024))) {
    const chunk = Buffer.allocUnsafe(room);
    const count = yield ['read', file, chunk, -1];
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    total += count;
    // A regular file of a known size needs no second read to find its end.
    if (size > 0 && total >= size) break;
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, total);
}

function* writeAll(file, bytes) {
  for (let done = 0; done < bytes.length;)
    done += yield ['write', file, bytes.subarray(done), -1];
}

// `use(file, ...values)` are steps too.
function* withFile(path, flags, mode, use, ...values) {
  const isOpen = Number.isInteger(path) && path >= 0;
  const file = isOpen ? path : yield ['open', pathOf(path), flagsOf(flags), mode];
  try {
    return yield* use(file, ...values);
  } finally {
    if (!isOpen) yield ['close', file];
  }
}

function* readFileSteps(path, options) {
  encodingOf(options);
  return textOrBytes(yield* withFile(path, options?.flag ?? 'r', 0o666, readStatusAndAll), options);
}

function* readStatusAndAll(file) {
  yield ['fstat', file];
  const kind = statusKind();
  if (kind === constants.S_IFDIR) {
    throw Object.assign(new Error('EISDIR: illegal operation on a directory, read'),
                        { errno: -21, code: 'EISDIR', syscall: 'read' });
  }
  return yield* readAll(file, kind === constants.S_IFREG ? status[8] : 0);
}

function* writeFileSteps(path, data, options, flag) {
  const bytes = bytesOf(data, options);
  const mode = modeOf(options?.mode, 0o666);
  return yield* withFile(path, options?.flag ?? flag, mode, writeAll, bytes);
}

function* mkdirSteps(path, options) {
  const { recursive = false, mode = 0o777 } = typeof options === 'object' && options !== null
    ? options : { mode: options ?? 0o777 };
  if (typeof recursive !== 'boolean') throw invalidType('options.recursive', 'boolean', recursive);
  if (!recursive) { yield ['mkdir', pathOf(path), modeOf(mode)]; return undefined; }
  const { dirname, resolve } = require('path');
  const missing = [];
  let first;
  for (let at = resolve(pathOf(path)); ; at = dirname(at)) {
    try {
      yield ['mkdir', at, modeOf(mode)];
      first = at;
      break;
    } catch (error) {
      if (error.code === 'ENOENT' && at !== dirname(at)) { missing.push(at); continue; }
      yield ['stat', at];
      if (statusKind() !== constants.S_IFDIR) throw error;
      break;
    }
  }
  for (const folder of missing.reverse()) {
    yield ['mkdir', folder, modeOf(mode)];
    first ??= folder;
  }
  return first;
}

function* rmSteps(path, { recursive = false, force = false } = {}) {
  const target = pathOf(path);
  try {
    yield ['lstat', target];
  } catch (error) {
    if (force && error.code === 'ENOENT') return;
    throw error;
  }
  if (statusKind() !== constants.S_IFDIR) { yield ['unlink', target]; return; }
  if (!recursive) {
    throw Object.assign(new Error(`Path is a directory: rm returned EISDIR (is a directory) ${target}`),
                        { code: 'ERR_FS_EISDIR', errno: 21, syscall: 'rm', path: target });
  }
  const entries = yield ['scandir', target, 0];
  for (let i = 0; i < entries.length; i += 2)
    yield* rmSteps(require('path').join(target, entries[i]), { recursive, force });
  yield ['rmdir', target];
}

function* truncateOpen(file, size) { yield ['ftruncate', file, size]; }
function* truncateSteps(path, size = 0) {
  return yield* withFile(path, 'r+', 0o666, truncateOpen, size);
}

// The same steps, done at once or one after the other.
function runSteps(steps) {
  for (let next = steps.next(); ;) {
    if (next.done) return next.value;
    const [operation, ...values] = next.value;
    let failure, value;
    try {
      value = native[operation](...values);
    } catch (error) {
      failure = error;
    }
    next = failure !== undefined ? steps.throw(failure) : steps.next(value);
  }
}

// The request of all steps. An abort shows between two of them, as an exception, so that what is open is closed.
// What is wrong with the arguments shows before the first one, and is thrown at once.
class StepsRequest {
  constructor(steps, callback, signal) {
    this.steps = steps;
    this.callback = callback;
    this.signal = signal;
    this.isBegun = this.isAborted = false;
  }

  oncomplete(error, value) {
    if (this.signal?.aborted && !this.isAborted) {
      this.isAborted = true;
      error = Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' });
    }
    let next;
    try {
      next = error === null ? this.steps.next(value) : this.steps.throw(error);
    } catch (failure) {
      if (!this.isBegun && !this.isAborted) throw failure;
      process.nextTick(this.callback, failure);
      return;
    }
    this.isBegun = true;
    const { callback } = this;
    if (next.done) callback(null, next.value); else this.take(next.value);
  }

  take([operation, ...values]) {
    try {
      native[operation](...values, this);
    } catch (failure) {
      this.oncomplete(failure);
    }
  }
}

function runStepsLater(steps, callback, signal) {
  new StepsRequest(steps, callback, signal).oncomplete(null);
}

const composed = {
  readFile: readFileSteps,
  writeFile: (path, data, options) => writeFileSteps(path, data, options, 'w'),
  appendFile: (path, data, options) => writeFileSteps(path, data, options, 'a'),
  mkdir: mkdirSteps,
  rm: rmSteps,
  truncate: truncateSteps,
};
for (const [name, steps] of Object.entries(composed)) {
  fs[`${name}Sync`] = (...values) => runSteps(steps(...values));
  fs[name] = (...values) => {
    const callback = typeof values.at(-1) === 'function' ? values.pop() : undefined;
    if (callback === undefined) throw invalidType('cb', 'function', callback);
    runStepsLater(steps(...values), callback, values.at(-1)?.signal);
  };
  promises[name] = async (...values) => new Promise((resolve, reject) => {
    const opened = values.map((value) => value instanceof FileHandle ? value.fd : value);
    runStepsLater(steps(...opened), (error, value) => error ? reject(error) : resolve(value),
                  values.at(-1)?.signal);
  });
}

// read(file, buffer, offset, length, position, callback), or with an object of these.
function transferArguments(buffer, offset, length, position) {
  if (typeof offset === 'object' && offset !== null) ({ offset, length, position } = offset);
  offset ??= 0;
  length ??= buffer.byteLength - offset;
  const view = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
  return [view, typeof position === 'number' || typeof position === 'bigint' ? Number(position) : -1];
}

function writeArguments(data, offset, length, position) {
  if (typeof data !== 'string') return transferArguments(data, offset, length, position);
  return [Buffer.from(data, typeof length === 'string' ? length : undefined),
          typeof offset === 'number' ? offset : -1];
}

for (const [name, prepare] of [['read', transferArguments], ['write', writeArguments]]) {
  fs[`${name}Sync`] = (file, ...values) => native[name](fileOf(file), ...prepare(...values));
  fs[name] = (file, ...values) => {
    const callback = values.pop();
    fileOf(file);
    if (typeof callback !== 'function') throw invalidType('cb', 'function', callback);
    if (name === 'read' && !ArrayBuffer.isView(values[0]))
      values = values[0]?.buffer ? [values[0].buffer, values[0]] : [Buffer.alloc(16384)];
    const [view, position] = prepare(...values);
    native[name](file, view, position, { oncomplete(error, count) {
      if (error !== null) callback(error);
      else callback(null, count, values[0]);
    } });
  };
}

fs.existsSync = (path) => {
  try {
    native.access(pathOf(path), constants.F_OK);
    return true;
  } catch {
    return false;
  }
};
fs.exists = (path, callback) => {
  if (typeof callback !== 'function') throw invalidType('cb', 'function', callback);
  try {
    fs.access(path, (error) => callback(!error));
  } catch {
    process.nextTick(callback, false);
  }
};
fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;

const { FileHandle, adopt } = require('internal_fs_handle');
adopt({ fs, promises, native, transferArguments, writeArguments });
const openFile = promises.open;
promises.open = async (...values) => new FileHandle(await openFile(...values));
for (const name of ['fstat', 'fsync', 'fdatasync', 'ftruncate', 'close', 'fchmod', 'fchown', 'futimes']) {
  Object.defineProperty(promises, name, { value: promises[name], enumerable: false });
}

// Data that comes piece by piece is written as it comes.
const writeWhole = promises.writeFile;
promises.writeFile = async (path, data, options) => {
  if (data === null || typeof data !== 'object' || ArrayBuffer.isView(data) || !(data[Symbol.asyncIterator] ?? data[Symbol.iterator]))
    return writeWhole(path, data, options);
  const file = path instanceof FileHandle ? path : await promises.open(path, options?.flag ?? 'w', options?.mode);
  try {
    for await (const piece of data) await file.writeFile(piece, options);
  } finally {
    if (file !== path) await file.close();
  }
};

// What util.promisify() makes of functions whose callback gets more than an error and a value.
const promisified = Symbol.for('nodejs.util.promisify.custom');
for (const [name, ...parts] of [['read', 'bytesRead', 'buffer'], ['write', 'bytesWritten', 'buffer'],
                                ['readv', 'bytesRead', 'buffers'], ['writev', 'bytesWritten', 'buffers']]) {
  const run = (...values) => new Promise((resolve, reject) => {
    fs[name](...values, (error, count, data) => error ? reject(error) : resolve({ [parts[0]]: count, [parts[1]]: data }));
  });
  promisedForms.push([name, run]);
}
promisedForms.push(['exists', (path) => new Promise((resolve) => fs.exists(path, resolve))]);

fs.promises = promises;
for (const name of ['createReadStream', 'createWriteStream', 'ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream'])
  Object.defineProperty(fs, name, { enumerable: true, get: () => require('internal_fs_streams')[name.replace('File', '')] });
for (const name of ['watch', 'watchFile', 'unwatchFile']) {
  Object.defineProperty(fs, name, { enumerable: true, get: () => require('internal_fs_watch')[name] });
}

require('internal_fs_more').extend(fs, promises);
for (const [name, run] of promisedForms) Object.defineProperty(fs[name], promisified, { value: run });
module.exports = fs;
