// The module `worker_threads`.
'use strict';

const EventEmitter = require('events');
const { Port, clone, setPortMaker } = binding('message');
const { Worker: NativeWorker, isMainThread } = binding('worker');

let lastThread = 0;

// A native port that is an emitter as well, so that it can travel in a message.
Object.setPrototypeOf(Port.prototype, EventEmitter.prototype);

class MessagePort extends Port {
  constructor(arrived) {
    super(arrived);
    this.isClosed = false;
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
    this.start();
  }

  // A listener starts the port, which then keeps the loop alive.
  on(name, listener) {
    super.on(name, listener);
    if (name === 'message') this.start();
    return this;
  }
  addListener(name, listener) { return this.on(name, listener); }
  addEventListener(type, listener) {
    const wrapped = (data) => listener.call(this, { type, data, target: this });
    wrapped.listener = listener;
    this.on(type, wrapped);
  }
  removeEventListener(type, listener) { this.removeListener(type, listener); }

  start() {
    if (this.isClosed) return;
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

function cloneError(message) {
  return Object.assign(new Error(message), { name: 'DataCloneError', code: 25 });
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
  if (transfer === undefined) port.post(value);
  else withTransfer(transfer, port, (list) => port.post(value, list));
}

const structuredClone = (value, options) => withTransfer(options, undefined, (list) => clone(value, list));

function receiveMessageOnPort(port) {
  const taken = port.isClosed ? undefined : port.take();
  return taken === undefined ? undefined : { message: taken[0] };
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort();
    this.port2 = new MessagePort();
    this.port1.entangle(this.port2);
  }
}

// What one posts, all others of that name hear, on every thread.
class BroadcastChannel {
  constructor(name) {
    this.name = String(name);
    this.port = new Port();
    this.port.receive = (data) => this.onmessage?.({ type: 'message', data, target: this });
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
    this.port.receive = ([kind, value]) => this.emit(kind, value);
    this.port.start();
    this.native = new NativeWorker();
    this.native.onexit = (code) => {
      this.port.drain();
      this.native.close();
      this.port.close();
      this.threadId = -1;
      this.emit('exit', this.exitCode ?? code);
    };
    post(this.port, ['start', { workerData, threadId: this.threadId }], transferList);
    const name = file instanceof URL ? require('url').fileURLToPath(file) : String(file);
    const error = this.native.start(isCode ? name : require('path').resolve(name), isCode, this.port);
    if (error !== 0) throw binding('process').newError(error, 'uv_thread_create');
  }

  postMessage(value, transfer) { post(this.port, ['message', value], transfer); }
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
  constructor() { super(true); }
  receive([kind, value]) { if (kind === 'message') super.receive(value); }
  postMessage(value, transfer) { if (!this.isClosed) post(this, ['message', value], transfer); }
  tell(kind, value) { this.post([kind, value]); }
}

const own = { isMainThread, parentPort: null, workerData: null, threadId: 0 };
if (!isMainThread) {
  own.parentPort = new ParentPort();
  Object.assign(own, own.parentPort.take()[0][1]);
  own.parentPort.tell('online');
}

module.exports = { ...own, Worker, MessageChannel, MessagePort, BroadcastChannel,
                   structuredClone, receiveMessageOnPort,
                   SHARE_ENV: Symbol('SHARE_ENV') };
