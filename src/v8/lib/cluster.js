// The module `cluster`: the primary listens for its workers and hands them the connections in turn.
'use strict';

const EventEmitter = require('events');

const isWorker = process.env.NODE_UNIQUE_ID !== undefined && process.env.NODE_CHANNEL_FD === undefined;
const cluster = module.exports = Object.assign(new EventEmitter(), {
  isWorker, isPrimary: !isWorker, isMaster: !isWorker,
  SCHED_NONE: 1, SCHED_RR: 2,
  schedulingPolicy: process.env.NODE_CLUSTER_SCHED_POLICY === 'none' ? 1 : 2,
  settings: {},
});

class Worker extends EventEmitter {
  constructor(id, child) {
    super();
    this.id = id;
    this.process = child;
    this.exitedAfterDisconnect = undefined;
  }
  send(...values) { return this.process.send(...values); }
  isConnected() { return this.process.connected === true; }
  isDead() { return this.process.exitCode !== null || this.process.signalCode !== null; }
}
cluster.Worker = Worker;

// ---- The primary ----

let lastId = 0;
const listeners = new Map();  // by key: { server, workers, turn, address, waiting }

function setupPrimary(settings) {
  cluster.settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false,
                       ...cluster.settings, ...settings };
  process.nextTick(() => cluster.emit('setup', cluster.settings));
}

function fork(variables) {
  setupPrimary();
  const { exec, args, silent, execArgv, cwd, stdio } = cluster.settings;
  const id = ++lastId;
  const child = require('child_process').fork(exec, args, {
    cwd, silent, execArgv, ...stdio === undefined ? {} : { stdio },
    env: { ...process.env, ...variables, NODE_UNIQUE_ID: String(id) },
  });
  const worker = new ForkedWorker(id, child);
  cluster.workers[id] = worker;
  process.nextTick(() => cluster.emit('fork', worker));
  return worker;
}

class ForkedWorker extends Worker {
  constructor(id, child) {
    super(id, child);
    child.channel.onInternal = (message) => this.hear(message);
    child.on('message', (message, handle) => {
      cluster.emit('message', this, message, handle);
      this.emit('message', message, handle);
    });
    child.on('error', (error) => this.emit('error', error));
    child.on('disconnect', () => this.tell('disconnect', () => {
      for (const key of listeners.keys()) leave(key, this);
    }));
    child.on('exit', (code, signal) => this.tell('exit', () => { this.exitedAfterDisconnect ??= false; }, code, signal));
  }

  // To listeners of both kinds; one that is dead and disconnected is forgotten.
  tell(event, prepare, ...values) {
    prepare();
    if (this.isDead() && !this.isConnected()) delete cluster.workers[this.id];
    this.emit(event, ...values);
    cluster.emit(event, this, ...values);
  }

  hear(message) {
    if (message.kind === 'online') this.tell('online', () => {});
    else if (message.kind === 'listening') this.tell('listening', () => {}, { ...message.address, fd: undefined });
    else if (message.kind === 'listen') join(this, message);
    else if (message.kind === 'close') leave(message.key, this);
    else if (message.kind === 'leaving') this.exitedAfterDisconnect = true;
  }

  disconnect() {
    this.exitedAfterDisconnect = true;
    this.process.channel.tell({ kind: 'disconnect' });
    return this;
  }

  // The channel closes first, so that the end is told in this order.
  kill(signal = 'SIGTERM') {
    this.process.kill(signal);
    if (this.isConnected()) this.process.disconnect();
  }
  destroy(signal) { this.kill(signal); }
}

// A worker wants to listen: the first one of a key opens the handle.
function join(worker, { key, options, seq }) {
  let listener = listeners.get(key);
  if (listener === undefined) {
    listener = { server: openServer(key, options), workers: [], turn: 0, waiting: [], isOpen: false };
    listeners.set(key, listener);
  }
  listener.workers.push(worker);
  const answer = (error) => worker.process.channel.tell(
    { kind: 'answer', seq, error, address: listener.server.address() },
    error === 0 && cluster.schedulingPolicy === cluster.SCHED_NONE ? listener.server._handle : undefined);
  if (listener.isOpen) answer(0); else listener.waiting.push(answer);
}

function openServer(key, options) {
  const server = new (require('net').Server)();
  const answerAll = (error) => {
    const listener = listeners.get(key);
    listener.isOpen = error === 0;
    if (error !== 0) listeners.delete(key);
    for (const answer of listener.waiting.splice(0)) answer(error);
  };
  server.serve = (client) => distribute(key, client);
  server.once('listening', () => answerAll(0));
  server.once('error', ({ errno }) => answerAll(errno));
  // Where each worker accepts for itself, this process only holds the socket.
  server.openHere({ ...options, isHeldOnly: cluster.schedulingPolicy === cluster.SCHED_NONE });
  return server;
}

function distribute(key, client) {
  const { workers, turn } = listeners.get(key);
  for (let i = 0; i < workers.length; i++) {
    const worker = workers[(turn + i) % workers.length];
    if (!worker.isConnected()) continue;
    listeners.get(key).turn = (turn + i + 1) % workers.length;
    worker.process.channel.tell({ kind: 'connection', key }, client, () => client.close());
    return;
  }
  client.close();
}

function leave(key, worker) {
  const listener = listeners.get(key);
  if (listener === undefined || !listener.workers.includes(worker)) return;
  listener.workers = listener.workers.filter((one) => one !== worker);
  if (listener.workers.length > 0) return;
  listeners.delete(key);
  listener.server.close();
}

function disconnectAll(callback) {
  const workers = Object.values(cluster.workers);
  let left = workers.length;
  if (left === 0 && callback) process.nextTick(callback);
  for (const worker of workers) {
    worker.once('disconnect', () => { if (--left === 0 && callback) process.nextTick(callback); });
    worker.disconnect();
  }
}

if (!isWorker) {
  Object.assign(cluster, { workers: {}, fork, setupPrimary, setupMaster: setupPrimary, disconnect: disconnectAll });
}

// ---- A worker ----

const servers = new Map();    // by key
const asked = new Map();      // by number: who waits for the primary's answer
let channel;
let lastAsked = 0;
let zeroPorts = 0;

class OwnWorker extends Worker {
  disconnect() {
    this.exitedAfterDisconnect = true;
    channel.tell({ kind: 'leaving' });
    closeAndDisconnect();
    return this;
  }
  kill(signal = 'SIGTERM') { process.kill(process.pid, signal); }
  destroy(signal) { this.kill(signal); }
  isDead() { return false; }
}

// Stands for the primary's handle.
class SharedHandle {
  constructor(key, address) { Object.assign(this, { key, address }); }
  getsockname() { return this.address; }
  close() {
    servers.delete(this.key);
    channel.tell({ kind: 'close', key: this.key });
    process.nextTick(() => this.onclose?.());
  }
  ref() {}
  unref() {}
}

function closeAndDisconnect() {
  let left = 1;
  const finish = () => { if (--left === 0 && channel.isOpen) channel.close(); };
  for (const server of servers.values()) {
    left++;
    server.close(finish);
  }
  finish();
}

// Connections that were under way when the server closed are turned away.
function hear(message, handle) {
  if (message.kind === 'connection') {
    const server = servers.get(message.key);
    if (server !== undefined) server.serve(handle); else handle?.close();
  } else if (message.kind === 'answer') {
    const answer = asked.get(message.seq);
    asked.delete(message.seq);
    answer(message, handle);
  } else if (message.kind === 'disconnect') {
    cluster.worker.exitedAfterDisconnect = true;
    closeAndDisconnect();
  }
}

function startWorker(toPrimary) {
  channel = toPrimary;
  channel.ref();
  channel.unref = () => {};
  channel.onInternal = hear;
  const worker = cluster.worker = new OwnWorker(Number(process.env.NODE_UNIQUE_ID), process);
  delete process.env.NODE_UNIQUE_ID;
  process.on('message', (message, handle) => worker.emit('message', message, handle));
  process.once('disconnect', () => {
    worker.emit('disconnect');
    if (worker.exitedAfterDisconnect !== true) process.exit(0);
  });
  channel.tell({ kind: 'online' });
}

// listen() of a server: done(errno, handle, address).
function listen(server, options, done) {
  const { path, port = 0, host, backlog, ipv6Only } = options;
  // Each listen(0) of a worker is another port, the same for all workers.
  const key = `${path ?? ''}|${host ?? ''}|${port}|${port === 0 && path === undefined ? zeroPorts++ : ''}`;
  const seq = ++lastAsked;
  asked.set(seq, ({ error, address }, real) => {
    if (error !== 0) return done(error, undefined, {});
    if (real === undefined) servers.set(key, server);
    done(0, real ?? new SharedHandle(key, address));
    process.nextTick(() => channel.tell({ kind: 'listening', address: path !== undefined
      ? { addressType: -1, address: path, port: -1 }
      : { addressType: address?.family === 'IPv6' && host !== undefined ? 6 : 4, address: host ?? null, port: address?.port ?? port } }));
  });
  channel.tell({ kind: 'listen', seq, key, options: { path, port, host, backlog, ipv6Only } });
}

if (isWorker) Object.assign(cluster, { startWorker, listen });
