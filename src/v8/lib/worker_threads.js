// The module `worker_threads`.
'use strict';

const EventEmitter = require('events');
const { Port, clone } = binding('message');
const { Worker: NativeWorker, isMainThread } = binding('worker');

let lastThread = 0;

class MessagePort extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
    port.onmessage = (value) => {
      this.emit('message', value);
      this.onmessage?.({ data: value, target: this });
    };
    port.onend = () => this.close();
    port.onclose = () => this.emit('close');
  }

  // A listener starts the port, which then keeps the loop alive.
  on(name, listener) {
    super.on(name, listener);
    if (name === 'message') this.start();
    return this;
  }
  set onmessage(listener) { this._onmessage = listener; this.start(); }
  get onmessage() { return this._onmessage; }

  start() { if (!this.isClosed) { this.port.ref(); this.port.start(); } }
  postMessage(value, transfer) {
    if (!this.isClosed) this.port.post(value, Array.isArray(transfer) ? transfer : transfer?.transfer);
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.port.close();
  }
  ref() { if (!this.isClosed) this.port.ref(); }
  unref() { if (!this.isClosed) this.port.unref(); }
}
MessagePort.prototype.addListener = MessagePort.prototype.on;

class MessageChannel {
  constructor() {
    const [first, second] = [new Port(), new Port()];
    first.entangle(second);
    this.port1 = new MessagePort(first);
    this.port2 = new MessagePort(second);
  }
}

// What one posts, all others of that name hear, on every thread.
class BroadcastChannel {
  constructor(name) {
    this.name = String(name);
    this.port = new Port();
    this.port.onmessage = (data) => this.onmessage?.({ type: 'message', data, target: this });
    this.port.join(this.name);
    this.port.ref();
    this.port.start();
  }
  postMessage(value) { this.port.broadcast(this.name, value); }
  close() { this.port.close(); }
  ref() { this.port.ref(); return this; }
  unref() { this.port.unref(); return this; }
}

// Between a worker and its parent every message is [kind, value], so that errors and the like can
// travel beside the program's own messages.
class Worker extends EventEmitter {
  constructor(file, { eval: isCode = false, workerData = null, transferList } = {}) {
    super();
    this.threadId = ++lastThread;
    this.port = new Port();
    this.port.onmessage = ([kind, value]) => this.emit(kind, value);
    this.port.start();
    this.native = new NativeWorker();
    this.native.onexit = (code) => {
      this.port.drain();
      this.native.close();
      this.port.close();
      this.threadId = -1;
      this.emit('exit', this.exitCode ?? code);
    };
    this.port.post(['start', { workerData, threadId: this.threadId }], transferList);
    const name = file instanceof URL ? require('url').fileURLToPath(file) : String(file);
    const error = this.native.start(isCode ? name : require('path').resolve(name), isCode, this.port);
    if (error !== 0) throw binding('process').newError(error, 'uv_thread_create');
  }

  postMessage(value, transfer) { this.port.post(['message', value], transfer); }
  terminate() {
    this.native.terminate();
    this.exitCode = 1;
    return new Promise((resolve) => this.once('exit', resolve));
  }
  ref() { this.native.ref(); }
  unref() { this.native.unref(); }
}

// The worker's side of its parent's port.
class ParentPort extends MessagePort {
  constructor(port) {
    super(port);
    port.onmessage = ([kind, value]) => {
      if (kind !== 'message') return;
      this.emit('message', value);
      this.onmessage?.({ data: value, target: this });
    };
  }
  postMessage(value, transfer) { this.port.post(['message', value], transfer); }
  tell(kind, value) { this.port.post([kind, value]); }
}

const own = { isMainThread, parentPort: null, workerData: null, threadId: 0 };
if (!isMainThread) {
  own.parentPort = new ParentPort(new Port(true));
  Object.assign(own, own.parentPort.port.take()[1]);
  own.parentPort.tell('online');
}

module.exports = { ...own, Worker, MessageChannel, MessagePort, BroadcastChannel,
                   structuredClone: (value, options) => clone(value, options?.transfer),
                   SHARE_ENV: Symbol('SHARE_ENV') };
