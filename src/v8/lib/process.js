// The global `process`, signals, and the end of the program.
'use strict';

const EventEmitter = require('events');
const { nextTick } = require('internal_ticks');
const { withCode, invalidType, invalidValue } = require('internal_errors');
const native = binding('process');
const { numbers: signals, Signal } = binding('signal');

const started = native.hrtime();

class Process extends EventEmitter {
  get [Symbol.toStringTag]() { return 'process'; }
}
const process = new Process();

const environment = new Proxy({}, {
  get: (_, key) => typeof key === 'string' ? native.getEnvironment(key) : undefined,
  set: (_, key, value) => { native.setEnvironment(key, String(value)); return true; },
  has: (_, key) => native.getEnvironment(String(key)) !== undefined,
  deleteProperty: (_, key) => { native.setEnvironment(String(key), undefined); return true; },
  ownKeys: () => native.environmentNames(),
  getOwnPropertyDescriptor: (_, key) => {
    const value = native.getEnvironment(String(key));
    return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
  },
});

function hrtime(before) {
  if (before !== undefined && !Array.isArray(before)) throw invalidType('time', 'an instance of Array', before);
  const passed = native.hrtime();
  let seconds = Number(passed / 1000000000n);
  let nanoseconds = Number(passed % 1000000000n);
  if (before !== undefined) {
    seconds -= before[0];
    nanoseconds -= before[1];
    if (nanoseconds < 0) { seconds--; nanoseconds += 1e9; }
  }
  return [seconds, nanoseconds];
}
hrtime.bigint = () => native.hrtime();

Object.assign(process, {
  version: 'v18.20.4',
  versions: { node: '18.20.4', v8: native.v8Version, uv: native.uvVersion, modules: '108' },
  release: { name: 'node' },
  arch: 'x64',
  platform: 'linux',
  pid: native.pid,
  ppid: native.ppid,
  execPath: native.executable,
  execArgv: native.engineFlags,
  argv: [native.executable],
  argv0: native.executable,
  debugPort: 9229,
  features: { inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: false, tls_sni: false, tls_ocsp: false, tls: false },
  config: { target_defaults: {}, variables: {} },
  env: environment,
  exitCode: undefined,
  nextTick,
  hrtime,
  cwd: native.cwd,
  chdir: native.chdir,
  abort: native.abort,
  umask: (mask) => native.umask(typeof mask === 'string' ? parseInt(mask, 8) : mask),
  uptime: () => Number(native.hrtime() - started) / 1e9,
  getuid: native.getuid,
  geteuid: native.geteuid,
  getgid: native.getgid,
  getegid: native.getegid,
  getgroups: native.getgroups,
  emitWarning(warning, type, code) {
    const options = typeof type === 'object' && type !== null ? type : { type, code };
    const error = warning instanceof Error ? warning
      : Object.defineProperty(new Error(warning), 'name', { value: options.type ?? 'Warning', writable: true, configurable: true });
    if (error.name === 'DeprecationWarning' && process.noDeprecation) return;
    if (options.code !== undefined) error.code = options.code;
    const detail = options.detail === undefined ? '' : `\n${options.detail}`;
    nextTick(() => {
      const label = error.code === undefined ? '' : `[${error.code}] `;
      process.stderr.write(`(${process.release.name}:${native.pid}) ${label}${error.name}: ${error.message}${detail}\n`);
      process.emit('warning', error);
    });
  },

  memoryUsage: Object.assign(function memoryUsage() {
    const [rss, heapTotal, heapUsed, external, arrayBuffers] = native.memoryUsage();
    return { rss, heapTotal, heapUsed, external, arrayBuffers };
  }, { rss: () => native.memoryUsage()[0] }),
  getActiveResourcesInfo: () => [...require('timers').internals.activeTimers()],
  hasUncaughtExceptionCaptureCallback: () => captureUncaught !== null,
  setUncaughtExceptionCaptureCallback(callback) { captureUncaught = callback; },
  setSourceMapsEnabled() {},
  getBuiltinModule: (name) => {
    const loader = require('internal_loader');
    return loader.isBuiltin(name) ? loader.requireBuiltin(name) : undefined;
  },

  resourceUsage() {
    const [userCPUTime, systemCPUTime, maxRSS, minorPageFault, majorPageFault, fsRead, fsWrite,
           voluntaryContextSwitches, involuntaryContextSwitches] = native.cpuUsage();
    return { userCPUTime, systemCPUTime, maxRSS, sharedMemorySize: 0, unsharedDataSize: 0, unsharedStackSize: 0,
             minorPageFault, majorPageFault, swappedOut: 0, fsRead, fsWrite, ipcSent: 0, ipcReceived: 0, signalsCount: 0,
             voluntaryContextSwitches, involuntaryContextSwitches };
  },

  cpuUsage(before) {
    const [user, system] = native.cpuUsage();
    return { user: user - (before?.user ?? 0), system: system - (before?.system ?? 0) };
  },

  kill(pid, signal = 'SIGTERM') {
    if (pid != (pid | 0)) throw invalidType('pid', 'number', pid);
    const number = typeof signal === 'number' ? signal : signals[signal];
    if (number === undefined) throw withCode(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
    const error = native.kill(pid, number);
    if (error !== 0) throw plainError(error, 'kill');
    return true;
  },

  exit(code) {
    if (code !== undefined) process.exitCode = code;
    if (!isExiting) {
      isExiting = true;
      process.emit('exit', Number(process.exitCode ?? 0));
    }
    native.reallyExit(Number(process.exitCode ?? 0));
  },
});

let isExiting = false;
let captureUncaught = null;

// "kill ESRCH": what went wrong and how, without a sentence.
function plainError(status, syscall) {
  const error = native.newError(status, syscall);
  error.message = `${syscall} ${native.errorName(status)}`;
  error.stack = error.stack.replace(/^.*/, `Error: ${error.message}`);
  return error;
}

let title = native.getTitle();
Object.defineProperty(process, 'title', { enumerable: true, configurable: true, get: () => title,
                                          set: (value) => { title = String(value); native.setTitle(title); } });

// A listener for a signal is a handle of the loop, while there are listeners.
const watched = new Map();
const addListener = process.on;
process.on = process.addListener = function(name, listener) {
  if (signals[name] !== undefined && !watched.has(name)) {
    const handle = new Signal();
    handle.onsignal = (number) => process.emit(name, name, number);
    const error = handle.start(signals[name]);
    if (error !== 0) {
      handle.close();
      throw native.newError(error, 'uv_signal_start');
    }
    watched.set(name, handle);
  }
  return addListener.call(process, name, listener);
};
process.removeListener = process.off = function(name, listener) {
  EventEmitter.prototype.removeListener.call(process, name, listener);
  if (watched.has(name) && process.listenerCount(name) === 0) {
    watched.get(name).close();
    watched.delete(name);
  }
  return process;
};

for (const [name, descriptor] of [['stdin', 0], ['stdout', 1], ['stderr', 2]]) {
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      const stream = require('internal_stdio').open(descriptor);
      Object.defineProperty(process, name, { value: stream, enumerable: true });
      return stream;
    },
  });
}

// By an error that an 'error' event without listeners threw: what was emitted where.
const unhandledEvents = new WeakMap();

// C++ asks whether somebody takes an exception that nobody caught: true, or the text that tells of it.
function handleUncaught(error, origin = 'uncaughtException') {
  if (captureUncaught !== null) { captureUncaught(error); return true; }
  process.emit('uncaughtExceptionMonitor', error, origin);
  if (process.listenerCount('uncaughtException') > 0) {
    process.emit('uncaughtException', error, origin);
    return true;
  }
  const told = describe(error);
  if (!isExiting) {
    isExiting = true;
    process.exitCode = 1;
    process.emit('exit', 1);
  }
  const { isMainThread, parentPort } = require('worker_threads');
  if (isMainThread) return told;
  parentPort.tellFailure(error);
  native.reallyExit(1);
  return true;
}

function describe(error) {
  const { inspect } = require('internal_inspect');
  if (!(error instanceof Error)) return `${typeof error === 'string' ? error : inspect(error)}\n`;
  const event = unhandledEvents.get(error);
  const shown = inspect(error);
  if (event === undefined) return `${shown}\n`;
  const properties = / \{\n(?:  [^ ].*\n(?: {3,}.*\n)*)+\}$/.exec(shown);
  const at = properties === null ? shown.length : properties.index;
  return `${shown.slice(0, at)}\n${event}${shown.slice(at)}\n`;
}

// For exceptions that are met in JavaScript.
function reportUncaught(error, origin = 'uncaughtException') { native.reportUncaught(error, origin); }

function emitBeforeExit() {
  process.emit('beforeExit', Number(process.exitCode ?? 0));
}

// The exit code.
function emitExit() {
  if (!isExiting) {
    isExiting = true;
    process.emit('exit', Number(process.exitCode ?? 0));
  }
  return Number(process.exitCode ?? 0);
}

module.exports = { process, plainError, unhandledEvents, handleUncaught, reportUncaught, emitBeforeExit, emitExit };
