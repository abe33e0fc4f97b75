// Messages between a parent and its child over a pipe: a line of JSON for each, and handles beside them.
// What is ours and not the program's is {"cmd": "NODE_VIOLET", ...}: names that begin with NODE_ are
// reserved, says the documentation.
'use strict';

const { Pipe } = binding('pipe');
const { TCP } = binding('tcp');
const { UDP } = binding('udp');
const { newError } = binding('process');
const { Buffer, asBuffer } = require('buffer');
const { StringDecoder } = require('string_decoder');

const kReserved = 'NODE_VIOLET';

// What stands for a handle's object while it travels, and what it is made into at the other end.
function handleOf(sent) {
  const net = require('net');
  if (sent instanceof net.Server) return ['server', sent._handle];
  if (sent instanceof net.Socket) return ['socket', sent._handle];
  if (sent instanceof require('dgram').Socket) return ['dgram', sent.handle];
  if (sent instanceof TCP || sent instanceof Pipe || sent instanceof UDP) return ['handle', sent];
  throw Object.assign(new TypeError('This handle type cannot be sent'), { code: 'ERR_INVALID_HANDLE_TYPE' });
}

function objectOf(type, handle) {
  if (handle === undefined || type === 'handle') return handle;
  const net = require('net');
  if (type === 'socket') return new net.Socket({ handle, allowHalfOpen: true });
  if (type === 'dgram') return require('dgram').fromHandle(handle);
  const server = new net.Server();
  server.adoptListening(handle);
  return server;
}

const { withCode, invalidType } = require('internal_errors');

class Channel {
  // `owner` emits `message` and `disconnect`: a ChildProcess, or the child's process.
  constructor(owner, pipe) {
    this.owner = owner;
    this.pipe = pipe;
    this.decoder = new StringDecoder('utf8');
    this.rest = '';
    this.onInternal = () => {};   // what the program does not see
    pipe.onread = (count, bytes) => count > 0 ? this.take(this.decoder.write(asBuffer(bytes))) : this.close();
    pipe.readStart();
  }

  get isOpen() { return this.pipe !== null; }
  ref() { this.pipe?.ref(); }
  unref() { this.pipe?.unref(); }
  hasRef() { return this.pipe?.hasRef() ?? false; }

  take(text) {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop();
    for (const line of lines) this.receive(JSON.parse(line));
  }

  // A handle has come at the latest with the last byte of its message.
  receive(message) {
    const isOurs = message?.cmd === kReserved;
    const handle = isOurs && message.type !== undefined ? objectOf(message.type, this.accept()) : undefined;
    if (isOurs && message.kind !== 'message') return this.onInternal(message, handle);
    const value = isOurs ? message.value : message;
    const event = typeof value?.cmd === 'string' && value.cmd.startsWith('NODE_') ? 'internalMessage' : 'message';
    process.nextTick(() => this.owner.emit(event, value, handle));
  }

  accept() {
    const type = this.pipe?.pendingType();
    const handle = type === 'tcp' ? new TCP() : type === 'pipe' ? new Pipe(false) : type === 'udp' ? new UDP() : undefined;
    if (handle !== undefined) this.pipe.accept(handle);
    return handle;
  }

  // The program's.
  send(value, sent, options, callback) {
    if (typeof sent === 'function') [sent, callback] = [undefined, sent];
    else if (typeof options === 'function') callback = options;
    if (value === undefined)
      throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof value))
      throw invalidType('message', 'one of type string, object, number, or boolean', value);
    if (!this.isOpen) return this.refuse(callback);
    if (sent === undefined || sent === null) return this.write(value, undefined, callback);
    const [type, handle] = handleOf(sent);
    return this.write({ cmd: kReserved, kind: 'message', value, type }, handle, (error) => {
      if (type === 'socket' && !options?.keepOpen) sent.destroy();
      callback?.(error);
    });
  }

  // Ours.
  tell(message, handle, callback) {
    if (!this.isOpen) return false;
    return this.write({ cmd: kReserved, ...message, ...handle === undefined ? {} : { type: 'handle' } }, handle, callback);
  }

  write(message, handle, callback) {
    const finish = (status) => {
      const error = status < 0 ? newError(status, 'write') : null;
      if (callback) process.nextTick(callback, error);
      else if (error !== null) process.nextTick(() => this.owner.emit('error', error));
    };
    const result = this.pipe.write({ oncomplete: finish }, [Buffer.from(`${JSON.stringify(message)}\n`)], handle);
    if (result <= 0) finish(result);
    return result <= 0 || this.pipe.writeQueueSize() < 65536;
  }

  refuse(callback) {
    const error = Object.assign(new Error('Channel closed'), { code: 'ERR_IPC_CHANNEL_CLOSED' });
    process.nextTick(() => callback ? callback(error) : this.owner.emit('error', error));
    return false;
  }

  close() {
    if (!this.isOpen) return;
    const { pipe } = this;
    this.pipe = null;
    process.nextTick(() => this.owner.emit('disconnect'));
    // What is written goes first.
    const request = { oncomplete: () => pipe.close() };
    if (pipe.writeQueueSize() === 0 || pipe.shutdown(request) !== 0) pipe.close();
  }
}

// Gives a ChildProcess, or process, what it has while it is connected.
function connect(owner, pipe) {
  const channel = new Channel(owner, pipe);
  owner.channel = channel;
  owner.send = (...values) => channel.send(...values);
  owner.disconnect = () => {
    if (channel.isOpen) return channel.close();
    owner.emit('error', Object.assign(new Error('IPC channel is already disconnected'), { code: 'ERR_IPC_DISCONNECTED' }));
  };
  Object.defineProperty(owner, 'connected', { configurable: true, enumerable: true, get: () => channel.isOpen });
  return channel;
}

// In a child: the channel keeps it alive while somebody listens.
function connectToParent() {
  const { process } = require('process');
  const descriptor = Number(process.env.NODE_CHANNEL_FD);
  delete process.env.NODE_CHANNEL_FD;
  const pipe = new Pipe(true);
  if (pipe.open(descriptor) !== 0) return;
  const channel = connect(process, pipe);
  const isHeard = (name) => name === 'message' || name === 'disconnect';
  channel.unref();
  process.on('newListener', (name) => { if (isHeard(name)) channel.ref(); });
  process.on('removeListener', (name) => {
    if (isHeard(name) && process.listenerCount('message') + process.listenerCount('disconnect') === 0) channel.unref();
  });
  if (process.env.NODE_UNIQUE_ID !== undefined) require('cluster').startWorker(channel);
}

module.exports = { connect, connectToParent };
