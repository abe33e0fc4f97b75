// The module `worker_threads`.
'use strict';

const EventEmitter = require('events');
const { DOMException, withCode, invalidType } = require('internal_errors');
const { defineHandler } = require('internal_event_target');
const { openWorkerStreams, sendOutput } = require('internal_worker_stdio');
const { Port, clone, setPortMaker } = binding('message');
const { Worker: NativeWorker, isMainThread } = binding('worker');

let lastThread = 0;

// A native port that is an emitter as well, so that it can travel in a message.
Object.setPrototypeOf(Port.prototype, EventEmitter.prototype);

class MessagePort extends Port {
  constructor(arrived) {
    super(arrived);
    this.isClosed = this.isStarted = false;
    this.onend = () => this.close();
    this.onclose = () => this.emit('close');
  }

  receive(value) {
    this.emit('message', value);
    this.listener?.({ type: 'message', data: value, target: this, ports: [] });
  }

  get onmessage() { return this.listener ?? null; }
  set onmessage(listener) {
    this.listener = listener;
    if (typeof listener === 'function') this.start();
    else if (this.listenerCount('message') === 0) this.unref();
  }

  // A listener starts the port, which then keeps the loop alive.
  on(name, listener) {
    super.on(name, listener);
    if (name === 'message') this.start();
    return this;
  }
  addListener(name, listener) { return this.on(name, listener); }
  // The last one's going lets the loop end.
  removeListener(name, listener) {
    super.removeListener(name, listener);
    if (name === 'message' && this.listenerCount('message') === 0 && typeof this.listener !== 'function') this.unref();
    return this;
  }
  off(name, listener) { return this.removeListener(name, listener); }
  addEventListener(type, listener) {
    const wrapped = (data) => listener.call(this, { type, data, target: this });
    wrapped.listener = listener;
    this.on(type, wrapped);
  }
  removeEventListener(type, listener) { this.removeListener(type, listener); }

  start() {
    if (this.isClosed) return;
    this.isStarted = true;
    super.ref();
    super.start();
  }
  postMessage(value, transfer) {
    if (!this.isClosed) post(this, value, transfer);
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    super.close();
    // The other end hears of it by itself once it reads.
    const peer = this.peer?.deref();
    if (peer !== undefined && !peer.isStarted) setImmediate(() => peer.close());
  }
  // It has been sent away.
  detach() {
    this.isClosed = true;
    this.onclose = undefined;
    super.close();
  }
  ref() { if (!this.isClosed) super.ref(); }
  unref() { if (!this.isClosed) super.unref(); }
}
setPortMaker((arrived) => new MessagePort(arrived));

const cloneError = (message) => new DOMException(message, 'DataCloneError');

// V8's serializer throws plain errors.
function asCloneError(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof DOMException || !/could not be cloned/.test(error?.message)) throw error;
    throw cloneError(error.message);
  }
}

const listOf = (transfer) => Array.isArray(transfer) ? transfer : transfer?.transfer ?? [];

// `send(value, list)` with the ports of `transfer` checked before and given up after.
function withTransfer(transfer, source, send) {
  const list = listOf(transfer);
  for (const entry of list) {
    if (entry === source) throw cloneError('Transfer list contains source port');
    if (entry instanceof MessagePort && entry.isClosed) throw cloneError('MessagePort in transfer list is already detached');
  }
  const result = send(list);
  for (const entry of list) if (entry instanceof MessagePort) entry.detach();
  return result;
}

function post(port, value, transfer) {
  if (transfer === undefined) asCloneError(() => port.post(value));
  else asCloneError(() => withTransfer(transfer, port, (list) => port.post(value, list)));
}

const structuredClone = (value, options) => asCloneError(() => withTransfer(options, undefined, (list) => clone(value, list)));

function receiveMessageOnPort(port) {
  const taken = port.isClosed ? undefined : port.take();
  return taken === undefined ? undefined : { message: taken[0] };
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort();
    this.port2 = new MessagePort();
    this.port1.entangle(this.port2);
    this.port1.peer = new WeakRef(this.port2);
    this.port2.peer = new WeakRef(this.port1);
  }
}

// What one posts, all others of that name hear, on every thread.
class BroadcastChannel extends EventTarget {
  constructor(name) {
    super();
    this.name = String(name);
    this.port = new Port();
    this.port.receive = (data) => this.dispatchEvent(Object.assign(new Event('message'), { data }));
    this.port.join(this.name);
    this.port.ref();
    this.port.start();
  }
  postMessage(value) {
    if (this.isClosed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    asCloneError(() => this.port.broadcast(this.name, value));
  }
  close() {
    if (this.isClosed) return;
    Object.defineProperty(this, 'isClosed', { value: true });
    this.port.close();
  }
  ref() { this.port.ref(); return this; }
  unref() { this.port.unref(); return this; }
}

defineHandler(BroadcastChannel, 'message');

// What a worker may run: a file by an absolute path or one that begins with a dot, or code.
function programOf(file, isCode) {
  if (isCode) return String(file);
  if (file instanceof URL) return require('url').fileURLToPath(file);
  if (typeof file !== 'string') throw invalidType('filename', 'string or an instance of URL', file);
  if (/^(\/|\.\.?\/)/.test(file)) return require('path').resolve(file);
  throw withCode(TypeError, 'ERR_WORKER_PATH', 'The worker script or module filename must be an absolute path or a relative ' +
                 `path starting with './' or '../'. Received "${file}"`);
}

const kShareEnv = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const sharedData = new Map();  // setEnvironmentData()

// Between a worker and its parent every message is [kind, value], so that errors, output and the like
// can travel beside the program's own messages.
class Worker extends EventEmitter {
  constructor(file, options = {}) {
    const isData = file instanceof URL && file.protocol === 'data:';
    const { eval: isCode = isData, workerData = null, transferList, env, argv = [], name = '', resourceLimits = {},
            execArgv = process.execArgv } = options;
    super();
    const program = isData ? `import(${JSON.stringify(file.href)})` : programOf(file, isCode);
    this.threadId = ++lastThread;
    this.resourceLimits = resourceLimits;
    Object.defineProperty(this, 'port', { value: new Port() });
    Object.defineProperty(this, 'native', { value: new NativeWorker() });
    openWorkerStreams(this, options, (kind, value) => post(this.port, [kind, value]));
    this.port.receive = ([kind, value]) => this.take(kind, value);
    this.port.start();
    this.native.onexit = (code) => this.end(code);
    this.performance = { eventLoopUtilization: (...values) => this.utilization(...values) };
    post(this.port, ['start', { workerData, threadId: this.threadId, argv: argv.map(String), name, execArgv,
                                env: env === kShareEnv ? null : { ...env ?? process.env }, hasInput: options.stdin === true,
                                sharedData, resourceLimits }], transferList);
    const error = this.native.start(program, isCode, this.port, Number(resourceLimits.maxOldGenerationSizeMb ?? 0));
    if (error !== 0) throw binding('process').newError(error, 'uv_thread_create');
  }

  // Of the worker's loop, since it is online; as performance.eventLoopUtilization() tells of our own.
  utilization(since, before) {
    const idle = this.threadId < 0 || this.onlineAt === undefined ? 0 : this.native.idleTime();
    const active = idle === 0 && (this.threadId < 0 || this.onlineAt === undefined) ? 0 : performance.now() - this.onlineAt - idle;
    const [first, last] = before !== undefined ? [before, since] : [since ?? { idle: 0, active: 0 }, { idle, active }];
    const [waited, worked] = [last.idle - first.idle, Math.max(0, last.active - first.active)];
    return { idle: waited, active: worked, utilization: waited + worked === 0 ? 0 : worked / (waited + worked) };
  }

  take(kind, value) {
    if (kind === 'online') this.onlineAt = performance.now();
    if (kind === 'output') sendOutput(this, value);
    else if (kind === 'failure') this.emit('error', value[0] instanceof Error ? Object.assign(value[0], value[1]) : value[0]);
    else this.emit(kind, value);
  }

  end(code) {
    this.port.drain();
    this.native.close();
    this.port.close();
    this.threadId = -1;
    this.stdout.push(null);
    this.stderr.push(null);
    if (this.native.isOutOfMemory()) {
      this.emit('error', withCode(Error, 'ERR_WORKER_OUT_OF_MEMORY', 'Worker terminated due to reaching memory limit: JS heap out of memory'));
    }
    this.emit('exit', this.exitCode ?? code);
  }

  postMessage(value, transfer) { if (this.threadId >= 0) post(this.port, ['message', value], transfer); }
  terminate() {
    if (this.threadId < 0) return Promise.resolve();
    this.native.terminate();
    this.exitCode = 1;
    return new Promise((resolve) => this.once('exit', resolve));
  }
  ref() { this.native.ref(); }
  unref() { this.native.unref(); }
}

// The worker's side of its parent's port.
class ParentPort extends MessagePort {
  constructor() { super(true); }
  receive([kind, value]) {
    if (kind === 'message' && !this.isClosed) super.receive(value);
    else if (kind === 'input') this.oninput(value);
  }
  postMessage(value, transfer) { if (!this.isClosed) post(this, ['message', value], transfer); }
  // The program hears no more; what the worker has to tell beside its messages still goes out.
  close() {
    if (this.isClosed) return;
    this.unref();
    this.isClosed = true;
    setImmediate(() => this.emit('close'));
  }
  tell(kind, value) { this.post([kind, value]); }
  // What cannot be cloned travels as its text.
  tellFailure(error) {
    try {
      this.tell('failure', [error, error instanceof Error ? { ...error } : undefined]);
    } catch {
      this.tell('failure', [new Error(require('internal_inspect').inspect(error))]);
    }
  }
}

const own = { isMainThread, parentPort: null, workerData: null, threadId: 0, resourceLimits: {} };
if (!isMainThread) {
  own.parentPort = new ParentPort();
  const { argv, env, name, execArgv, hasInput, sharedData: shared, ...rest } = own.parentPort.take()[0][1];
  Object.assign(own, rest);
  for (const [key, value] of shared) sharedData.set(key, value);
  require('internal_worker_stdio').adoptWorker({ argv, env, execArgv, hasInput, parentPort: own.parentPort });
  own.parentPort.tell('online');
}

module.exports = { ...own, Worker, MessageChannel, MessagePort, BroadcastChannel,
                   structuredClone, receiveMessageOnPort, SHARE_ENV: kShareEnv,
                   markAsUntransferable() {},
                   setEnvironmentData(key, value) { if (value === undefined) sharedData.delete(key); else sharedData.set(key, value); },
                   getEnvironmentData: (key) => sharedData.get(key) };
// globalThis needs it, the module does not show it.
Object.defineProperty(module.exports, 'structuredClone', { enumerable: false });
