// The global `process`, signals, and the end of the program.
'use strict';

const EventEmitter = require('events');
const { nextTick } = require('internal_ticks');
const { withCode, invalidType, invalidValue, outOfRange } = require('internal_errors');
const native = binding('process');
const { numbers: signals, Signal } = binding('signal');

const started = native.hrtime();

class Process extends EventEmitter {
  get [Symbol.toStringTag]() { return 'process'; }
}
const process = new Process();

// The system's variables; the object behind has them as well, so that it is an object like any other. Another
// thread may have changed them (SHARE_ENV).
const seen = Object.fromEntries(native.environmentNames().map((key) => [key, native.getEnvironment(key)]));
function look(key) {
  const value = typeof key === 'string' ? native.getEnvironment(key) : undefined;
  if (value !== undefined) seen[key] = value; else delete seen[key];
}
const environment = new Proxy(seen, {
  get(target, key) { look(key); return target[key]; },
  has(target, key) { look(key); return key in target; },
  getOwnPropertyDescriptor(target, key) { look(key); return Object.getOwnPropertyDescriptor(target, key); },
  ownKeys(target) {
    const names = native.environmentNames();
    for (const key of new Set([...names, ...Object.keys(target)])) look(key);
    return names;
  },
  set(target, key, value) {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    target[key] = `${value}`;
    native.setEnvironment(key, target[key]);
    return true;
  },
  defineProperty(target, key, descriptor) {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    if (!('value' in descriptor)) throw invalidValue('descriptor', descriptor, "does not accept an accessor(getter/setter) descriptor");
    return Reflect.set(environment, key, descriptor.value);
  },
  deleteProperty(target, key) {
    if (typeof key === 'string') native.setEnvironment(key, undefined);
    return delete target[key];
  },
});

function hrtime(before) {
  if (before !== undefined && !Array.isArray(before)) throw invalidType('time', 'an instance of Array', before);
  if (before !== undefined && before.length !== 2) throw outOfRange('time', '2', before.length);
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
  versions: { node: '18.20.4', v8: native.v8Version, uv: native.uvVersion, zlib: native.zlibVersion, modules: '108', openssl: native.opensslVersion },
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
  chdir(directory) {
    if (typeof directory !== 'string') throw invalidType('directory', 'string', directory);
    native.chdir(directory);
  },
  abort: native.abort,
  reallyExit: native.reallyExit,
  umask(mask) {
    if (mask !== undefined && !/^(0o?)?[0-7]+$/.test(typeof mask === 'string' ? mask : mask.toString(8)))
      throw invalidValue('mask', mask, 'must be a 32-bit unsigned integer or an octal string');
    return native.umask(typeof mask === 'string' ? parseInt(mask, 8) : mask);
  },
  uptime: () => Number(native.hrtime() - started) / 1e9,
  getuid: native.getuid,
  geteuid: native.geteuid,
  getgid: native.getgid,
  getegid: native.getegid,
  getgroups: () => [...new Set([...native.getgroups(), native.getegid()])],
  emitWarning(warning, type, code) {
    const options = typeof type === 'object' && type !== null ? type : { type, code };
    if (typeof warning !== 'string' && !(warning instanceof Error)) throw invalidType('warning', 'string or an instance of Error', warning);
    const error = warning instanceof Error ? warning
      : Object.defineProperty(new Error(warning), 'name', { value: options.type ?? 'Warning', writable: true, configurable: true });
    if (error.name === 'DeprecationWarning' && process.noDeprecation) return;
    if (options.code !== undefined) error.code = options.code;
    if (options.detail !== undefined) error.detail = options.detail;
    if (error.name === 'DeprecationWarning' && process.throwDeprecation) return nextTick(() => { throw error; });
    nextTick(() => process.emit('warning', error));
  },

  memoryUsage: Object.assign(function memoryUsage() {
    const [heapTotal, , , , heapUsed, , , , , , , , , external] = native.heapStatistics();
    const rss = native.residentMemory(), arrayBuffers = external;  // nothing but buffers is external here
    return { rss, heapTotal, heapUsed, external, arrayBuffers };
  }, { rss: native.residentMemory }),
  getActiveResourcesInfo: () => [...require('timers').internals.activeTimers()],
  hasUncaughtExceptionCaptureCallback: () => captureUncaught !== null,
  setUncaughtExceptionCaptureCallback(callback) {
    if (callback !== null && typeof callback !== 'function') throw invalidType('fn', 'function or null', callback);
    if (callback !== null && captureUncaught !== null) {
      throw withCode(Error, 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active');
    }
    captureUncaught = callback;
  },
  sourceMapsEnabled: false,
  constrainedMemory: native.constrainedMemory,
  setuid: (user) => setIdentity('setuid', user),
  setgid: (group) => setIdentity('setgid', group),
  seteuid: (user) => setIdentity('seteuid', user),
  setegid: (group) => setIdentity('setegid', group),
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
    if (before !== undefined && (typeof before !== 'object' || before === null)) throw invalidType('prevValue', 'object', before);
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

// By its number, or its name in the system's table.
function setIdentity(syscall, who) {
  if (typeof who !== 'number' && typeof who !== 'string') throw invalidType('id', 'number or string', who);
  const table = syscall.endsWith('uid') ? '/etc/passwd' : '/etc/group';
  const number = typeof who === 'number' ? who
    : require('fs').readFileSync(table, 'utf8').split('\n').map((line) => line.split(':')).find(([name]) => name === who)?.[2];
  if (number === undefined) throw withCode(Error, 'ERR_UNKNOWN_CREDENTIAL', `${syscall.endsWith('uid') ? 'User' : 'Group'} identifier does not exist: ${who}`);
  const error = native[syscall](Number(number));
  if (error !== 0) throw Object.assign(new Error(`${native.errorName(error)}, ${syscall}`), { errno: error, code: native.errorName(error), syscall });
}

// "kill ESRCH": what went wrong and how, without a sentence.
function plainError(status, syscall) {
  const error = native.newError(status, syscall);
  error.message = `${syscall} ${native.errorName(status)}`;
  error.stack = error.stack.replace(/^.*/, `Error: ${error.message}`);
  return error;
}

process.on('warning', (error) => {
  if (process.execArgv.includes('--no-warnings')) return;
  if (error.name === 'DeprecationWarning' && process.noDeprecation) return;
  const label = error.code === undefined ? '' : `[${error.code}] `;
  const detail = error.detail === undefined ? '' : `\n${error.detail}`;
  process.stderr.write(`(${process.release.name}:${native.pid}) ${label}${error.name}: ${error.message}${detail}\n`);
});

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
      throw plainError(error, 'uv_signal_start');
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

// Where a module takes some of them before anybody else hears.
const uncaught = { take: undefined };

// C++ asks whether somebody takes an exception that nobody caught: true, or the text that tells of it.
function handleUncaught(error, origin = 'uncaughtException') {
  if (captureUncaught !== null) { captureUncaught(error); return true; }
  if (uncaught.take?.(error)) return true;
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

module.exports = { process, plainError, unhandledEvents, uncaught, handleUncaught, reportUncaught, emitBeforeExit, emitExit };
