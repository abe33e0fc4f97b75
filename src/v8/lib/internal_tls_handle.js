// A stream of the loop with TLS over it, which looks to net.Socket like one without: the same methods, the
// same callbacks. What comes in goes through OpenSSL to `onread`, what is written comes out of it and goes on.
//
// Until the handshake is done, everything that comes is read, whether or not somebody wants data, and
// what is to be written waits.
'use strict';

const { Buffer } = require('buffer');

const kPiece = 64 * 1024;
const kEndOfFile = -4095, kBrokenPipe = -32;
// OpenSSL's words for what it waits for.
const kWantsContext = 4, kIsEnded = 6;

class TlsHandle {
  // `owner` is told of the handshake: secured(), handshakeFailed(error), chooseContext(callback), keepSession(bytes).
  constructor(transport, connection, owner) {
    this.transport = transport;
    this.connection = connection;
    this.owner = owner;
    this.isStarted = this.isEstablished = this.isClosed = this.isChoosing = false;
    this.wantsData = false;
    this.hasEnded = false;      // the other side sends no more
    this.hasToldEnd = false;
    this.waiting = [];          // writes that wait for the handshake
    this.waitingEnd = null;     // the request of a shutdown that does
    transport.onread = (count, bytes) => this.receive(count, bytes);
    const before = transport.onclose;
    transport.onclose = () => {
      this.isClosed = true;
      if (before === undefined) return this.onclose?.();
      // The stream that the handle was taken from is closed first.
      before();
      setImmediate(() => this.onclose?.());
    };
  }

  start() {
    if (this.isStarted || this.isClosed) return;
    this.isStarted = true;
    this.transport.readStart();
    this.advance();
  }

  receive(count, bytes) {
    if (count > 0) {
      this.connection.receive(bytes);
      return this.advance();
    }
    if (count !== kEndOfFile) return this.isEstablished ? this.onread(count) : this.owner.handshakeFailed(count);
    this.hasEnded = true;
    if (this.isEstablished) return this.deliver();
    this.tellEnd();
    this.owner.handshakeFailed();
  }

  advance() {
    if (!this.isEstablished && !this.shakeHands()) return;
    this.deliver();
  }

  // Whether it is done.
  shakeHands() {
    if (this.isChoosing || this.isClosed) return false;
    const result = this.connection.handshake();
    if (result !== 0) {
      this.flush();
      if (result instanceof Error) this.owner.handshakeFailed(result, this.waiting.length > 0);
      else if (result === kWantsContext) this.chooseContext();
      return false;
    }
    this.isEstablished = true;
    // Who does not like the other side goes without the last word of the handshake.
    this.owner.secured();
    if (this.isClosed) return false;
    this.flush();
    this.writeWaiting();
    if (!this.wantsData) this.transport.readStop();
    return true;
  }

  chooseContext() {
    this.isChoosing = true;
    this.owner.chooseContext((context) => {
      if (!this.isChoosing || this.isClosed) return;
      this.isChoosing = false;
      this.connection.useContext(context);
      this.advance();
    });
  }

  writeWaiting() {
    const { waiting, waitingEnd } = this;
    this.waiting = [];
    this.waitingEnd = null;
    for (const { request, chunks } of waiting) {
      const result = this.write(request, chunks);
      if (result <= 0) request.oncomplete(result);
    }
    if (waitingEnd === null) return;
    const result = this.shutdown(waitingEnd);
    if (result < 0) waitingEnd.oncomplete(result);
  }

  // To the reader, as long as it wants.
  deliver() {
    while (this.wantsData && !this.isClosed && !this.hasToldEnd) {
      const result = this.connection.read();
      if (typeof result === 'number') {
        if (result === kIsEnded || this.hasEnded) this.tellEnd();
        break;
      }
      if (result instanceof Error) {
        this.flush();
        this.owner.emit('error', result);
        this.tellEnd();
        break;
      }
      this.onread(result.length, result);
    }
    if (this.isClosed) return;
    this.flush();
    for (let session; (session = this.connection.takeSession()) !== undefined;) this.owner.keepSession(session);
  }

  tellEnd() {
    if (this.hasToldEnd) return;
    this.hasToldEnd = true;
    this.onread(kEndOfFile);
  }

  // What OpenSSL has to say by itself.
  flush() {
    const bytes = this.connection.takeOutput();
    if (bytes !== undefined && !this.isClosed) this.transport.write({ oncomplete() {} }, [bytes]);
  }

  readStart() {
    this.wantsData = true;
    if (!this.isStarted) this.start();
    else if (this.isEstablished && !this.isClosed) {
      if (!this.hasEnded) this.transport.readStart();
      // OpenSSL may have some that came before the reader stopped.
      process.nextTick(() => this.deliver());
    }
    return 0;
  }

  readStop() {
    this.wantsData = false;
    if (this.isEstablished) this.transport.readStop();
    return 0;
  }

  write(request, chunks) {
    if (!this.isEstablished) {
      this.waiting.push({ request, chunks });
      return 1;
    }
    if (this.isClosed) return kBrokenPipe;
    const encrypted = this.encrypt(chunks);
    if (encrypted === undefined) return kBrokenPipe;
    return encrypted.length === 0 ? 0 : this.transport.write(request, encrypted);
  }

  // In pieces, because OpenSSL's buffer is copied when it grows.
  encrypt(chunks) {
    const { connection } = this;
    const encrypted = [];
    const take = () => {
      const bytes = connection.takeOutput();
      if (bytes !== undefined) encrypted.push(bytes);
    };
    let size = 0;
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += kPiece) {
        const piece = chunk.length <= kPiece ? chunk : chunk.subarray(at, at + kPiece);
        if (connection.write(piece) !== 0) return undefined;
        size += piece.length;
        if (size >= kPiece) { take(); size = 0; }
      }
    }
    take();
    return encrypted;
  }

  shutdown(request) {
    if (!this.isEstablished) {
      this.waitingEnd = request;
      return 0;
    }
    this.connection.shutDown();
    this.flush();
    return this.transport.shutdown(request);
  }

  close() {
    this.isClosed = true;
    this.transport.close();
  }

  ref() { this.transport.ref(); }
  unref() { this.transport.unref(); }
  hasRef() { return this.transport.hasRef(); }
  getsockname() { return this.transport.getsockname?.(); }
  getpeername() { return this.transport.getpeername?.(); }
  setNoDelay(enable) { return this.transport.setNoDelay?.(enable); }
  setKeepAlive(enable, delay) { return this.transport.setKeepAlive?.(enable, delay); }
}

// Any stream in the shape of a handle.
class StreamTransport {
  constructor(stream) {
    this.stream = stream;
    stream.on('data', (bytes) => this.onread(bytes.length, bytes));
    stream.pause();
    stream.on('end', () => this.onread(kEndOfFile));
    stream.on('error', (error) => this.onerror(error));
    stream.on('close', () => this.onclose());
  }
  readStart() { this.stream.resume(); return 0; }
  readStop() { this.stream.pause(); return 0; }
  write(request, chunks) {
    const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    this.stream.write(bytes, (error) => request.oncomplete(error ? kBrokenPipe : 0));
    return 1;
  }
  shutdown(request) { this.stream.end(() => request.oncomplete(0)); return 0; }
  close() { if (this.stream.destroyed) process.nextTick(() => this.onclose()); else this.stream.destroy(); }
  ref() { this.stream.ref?.(); }
  unref() { this.stream.unref?.(); }
  hasRef() { return true; }
  getsockname() { return this.stream._handle?.getsockname?.(); }
  getpeername() { return this.stream._handle?.getpeername?.(); }
  setNoDelay(enable) { this.stream.setNoDelay?.(enable); }
  setKeepAlive(enable, delay) { this.stream.setKeepAlive?.(enable, delay * 1000); }
}

module.exports = { TlsHandle, StreamTransport };
