// The global `process`, signals, and the end of the program.
'use strict';

const EventEmitter = require('events');
const { nextTick } = require('internal_ticks');
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
  title: native.getTitle(),
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
  features: { inspector: false, debug: false, uv: true, ipv6: true, tls: false },
  config: { target_defaults: {}, variables: {} },
  env: environment,
  exitCode: undefined,
  nextTick,
  hrtime,
  cwd: native.cwd,
  chdir: native.chdir,
  abort: native.abort,
  umask: () => 0o22,
  uptime: () => Number(native.hrtime() - started) / 1e9,
  getuid: () => binding('os').userInfo()[1],
  geteuid: () => binding('os').userInfo()[1],
  getegid: () => binding('os').userInfo()[2],
  getgid: () => binding('os').userInfo()[2],
  emitWarning(warning, type, code) {
    const options = typeof type === 'object' && type !== null ? type : { type, code };
    const error = warning instanceof Error ? warning : Object.assign(new Error(warning), { name: options.type ?? 'Warning' });
    if (options.code !== undefined) error.code = options.code;
    const detail = options.detail === undefined ? '' : `\n${options.detail}`;
    nextTick(() => {
      const label = error.code === undefined ? '' : `[${error.code}] `;
      console.error(`(violet:${native.pid}) ${label}${error.name}: ${error.message}${detail}`);
      process.emit('warning', error);
    });
  },

  memoryUsage() {
    const [rss, heapTotal, heapUsed, external, arrayBuffers] = native.memoryUsage();
    return { rss, heapTotal, heapUsed, external, arrayBuffers };
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
    const number = typeof signal === 'number' ? signal : signals[signal];
    if (number === undefined) {
      throw Object.assign(new TypeError(`Unknown signal: ${signal}`), { code: 'ERR_UNKNOWN_SIGNAL' });
    }
    const error = native.kill(pid, number);
    if (error !== 0) throw native.newError(error, 'kill');
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

// C++ asks whether a listener takes an exception that nobody caught.
function handleUncaught(error) {
  if (process.listenerCount('uncaughtException') > 0) {
    process.emit('uncaughtException', error, 'uncaughtException');
    return true;
  }
  isExiting = true;
  process.exitCode = 1;
  process.emit('exit', 1);
  const { isMainThread, parentPort } = require('worker_threads');
  if (isMainThread) return false;
  parentPort.tell('error', error);
  native.reallyExit(1);
  return true;
}

// For exceptions that are met in JavaScript: out of a tick, so that they are uncaught for C++ too.
function reportUncaught(error) {
  nextTick(() => { throw error; });
}

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

module.exports = { process, handleUncaught, reportUncaught, emitBeforeExit, emitExit };
