// The module `child_process`.
'use strict';

const EventEmitter = require('events');
const { Process } = binding('spawn');
const { Pipe } = binding('pipe');
const { numbers: signals } = binding('signal');
const { newError, errorName } = binding('process');
const { Socket } = require('net');
const { Buffer } = require('buffer');
const { invalidType, invalidValue, abortError } = require('internal_errors');

const { signalName, programOf, variablesOf, folderOf } = require('internal_spawn');

// 'pipe', 'inherit', 'ignore', a descriptor or a stream, for each of the child's descriptors.
function stdioOf(stdio) {
  const list = Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio];
  while (list.length < 3) list.push('pipe');
  return list.map((entry, at) => {
    if (entry === 'ignore') return undefined;
    if (entry === 'inherit') return at;
    if (entry === 'ipc') return new Pipe(true);
    if (typeof entry === 'number') return entry;
    if (entry?.fd >= 0) return entry.fd;
    if (entry?._handle) return entry._handle.fileno();
    return new Pipe(false);
  });
}

class ChildProcess extends EventEmitter {
  constructor() {
    super();
    this.exitCode = this.signalCode = null;
    this.killed = this.connected = false;
    this.handle = new Process();
    this.handle.onexit = (status, signal) => this.onExit(status, signal);
    this.openStreams = 0;
  }

  spawn(file, words, options) {
    const stdio = stdioOf(options.stdio ?? 'pipe');
    const channelAt = Array.isArray(options.stdio) ? options.stdio.indexOf('ipc') : -1;
    if (channelAt >= 0) options = { ...options, env: { ...options.env ?? process.env, NODE_CHANNEL_FD: channelAt } };
    const [variables, cwd] = [variablesOf(options), folderOf(options)];
    this.spawnfile = file;
    this.spawnargs = words;
    const result = this.handle.spawn(file, words, variables, cwd, stdio, options.detached === true);
    this.stdio = stdio.map((entry, at) => entry instanceof Pipe && at !== channelAt ? this.openStream(entry, at, result < 0) : null);
    [this.stdin, this.stdout, this.stderr] = this.stdio;
    if (result < 0) {
      if (channelAt >= 0) stdio[channelAt].close();
      return this.fail(result);
    }
    if (channelAt >= 0) require('internal_ipc').connect(this, stdio[channelAt]);
    this.pid = result;
    process.nextTick(() => this.emit('spawn'));
  }

  openStream(pipe, at, isDead) {
    const socket = new Socket({ handle: pipe, writable: at === 0 ? undefined : false });
    if (isDead) { socket.destroy(); return socket; }
    if (at > 0) {
      this.openStreams++;
      socket.once('close', () => { this.openStreams--; this.tellIfClosed(); });
    } else {
      socket.push(null);
    }
    return socket;
  }

  fail(status) {
    const error = newError(status, `spawn ${this.spawnfile}`);
    error.message = `spawn ${this.spawnfile} ${errorName(status)}`;
    Object.assign(error, { path: this.spawnfile, spawnargs: this.spawnargs.slice(1) });
    process.nextTick(() => {
      this.handle.close();
      this.exitCode = status;
      this.emit('error', error);
      this.isOver = true;
      this.tellIfClosed();
    });
  }

  onExit(status, signal) {
    this.exitCode = signal === 0 ? status : null;
    this.signalCode = signal === 0 ? null : signalName(signal);
    this.handle.close();
    this.stdin?.destroy();
    this.emit('exit', this.exitCode, this.signalCode);
    this.isOver = true;
    // What nobody reads must not keep the end back.
    for (const stream of this.stdio) if (stream !== null && stream !== this.stdin) stream.resume();
    this.tellIfClosed();
  }

  tellIfClosed() {
    if (!this.isOver || this.openStreams > 0 || this.isClosed) return;
    this.isClosed = true;
    process.nextTick(() => this.emit('close', this.exitCode, this.signalCode));
  }

  kill(signal = 'SIGTERM') {
    const number = typeof signal === 'number' ? signal : signals[signal];
    if (this.isOver || this.pid === undefined) return false;
    const done = this.handle.kill(number) === 0;
    if (done && number !== 0) this.killed = true;
    return done;
  }
  ref() { this.handle.ref(); }
  unref() { this.handle.unref(); }
}

function spawn(file, words = [], options = {}) {
  if (typeof file !== 'string') throw invalidType('file', 'string', file);
  if (file === '') throw invalidValue('file', file, 'cannot be empty');
  if (!Array.isArray(words)) [words, options] = [[], words];
  const child = new ChildProcess();
  const [program, list] = programOf(file, words, options);
  child.spawn(program, [options.argv0 ?? program, ...list], options);
  if (options.timeout > 0) {
    const timer = setTimeout(() => child.kill(options.killSignal), options.timeout);
    child.once('exit', () => clearTimeout(timer));
  }
  const { signal } = options;
  if (signal !== undefined) {
    const onAbort = () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(options.killSignal);
      child.emit('error', abortError(signal.reason));
    };
    if (signal.aborted) process.nextTick(onAbort);
    else {
      signal.addEventListener('abort', onAbort, { once: true });
      child.once('exit', () => signal.removeEventListener('abort', onAbort));
    }
  }
  return child;
}

function execFile(file, words, options, callback) {
  if (!Array.isArray(words)) [words, options, callback] = [[], words, options];
  if (typeof options === 'function') [options, callback] = [{}, options];
  options = { encoding: 'utf8', maxBuffer: 1024 * 1024, ...options };
  const child = spawn(file, words, options);
  const output = { stdout: [], stderr: [] };
  let failure = null;
  for (const name of ['stdout', 'stderr']) {
    let size = 0;
    child[name]?.on('data', (chunk) => {
      const room = Math.max(0, options.maxBuffer - size);
      output[name].push(chunk.length <= room ? chunk : chunk.subarray(0, room));
      size += chunk.length;
      if (size <= options.maxBuffer || failure !== null) return;
      failure = Object.assign(new RangeError(`${name} maxBuffer length exceeded`),
                              { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' });
      child.kill(options.killSignal);
    });
  }
  const contentOf = (name) => {
    const bytes = Buffer.concat(output[name]);
    return options.encoding === 'buffer' || options.encoding === null ? bytes : bytes.toString(options.encoding);
  };
  child.once('error', (error) => { failure = error; if (child.pid === undefined) callback?.(error, '', ''); });
  child.once('close', (code, signal) => {
    if (child.pid === undefined) return;
    const [stdout, stderr] = [contentOf('stdout'), contentOf('stderr')];
    if (failure === null && (code !== 0 || signal !== null)) {
      const command = [file, ...words].join(' ');
      failure = Object.assign(new Error(`Command failed: ${command}\n${stderr}`),
                              { code, killed: child.killed, signal, cmd: command });
    }
    if (failure !== null) Object.assign(failure, { stdout, stderr });
    callback?.(failure, stdout, stderr);
  });
  return child;
}

function exec(command, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  return execFile(command, [], { shell: true, ...options }, callback);
}

for (const run of [exec, execFile]) {
  run[require('util').promisify.custom] = (...values) => new Promise((resolve, reject) => {
    run(...values, (error, stdout, stderr) => error ? reject(error) : resolve({ stdout, stderr }));
  });
}

// A program like this one, with a channel for messages.
function fork(file, words = [], options = {}) {
  if (!Array.isArray(words)) [words, options] = [[], words];
  const { execPath = process.execPath, execArgv = process.execArgv, silent = false } = options;
  const output = silent ? 'pipe' : 'inherit';
  const stdio = Array.isArray(options.stdio) ? options.stdio
    : options.stdio ? [options.stdio, options.stdio, options.stdio, 'ipc'] : [output, output, output, 'ipc'];
  return spawn(execPath, [...execArgv, String(file.pathname ?? file), ...words], { ...options, stdio, shell: false });
}

module.exports = { ChildProcess, spawn, exec, execFile, fork, ...require('internal_spawn_sync') };
