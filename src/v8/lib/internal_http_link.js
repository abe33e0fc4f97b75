// One connection that speaks HTTP: a socket and the parser that reads from it.
'use strict';

const { HttpParser, methods } = binding('http_parser');
const { asBuffer, Buffer } = require('buffer');
const { callInFrame } = require('internal_async');

const kLargestHead = 16 * 1024;
const kKeepAlive = 1, kUpgrade = 2, kHasBody = 4;
const kBrokenPipe = -32;

// The parser calls these; one for all connections.
function onHead(code, text, headers, bits) {
  const { link } = this;
  return link.frame === undefined ? link.begin(code, text, headers, bits)
    : callInFrame(link.frame, link, link.begin, [code, text, headers, bits]);
}
function onBody(bytes) {
  const { frame, incoming } = this.link;
  if (incoming === null) return;
  if (frame === undefined) incoming.add(asBuffer(bytes));
  else callInFrame(frame, incoming, incoming.add, [asBuffer(bytes)]);
}
function onEnd(trailers) {
  const { link } = this;
  if (link.frame === undefined) link.endMessage(trailers);
  else callInFrame(link.frame, link, link.endMessage, [trailers]);
}

class Link {
  constructor(socket, isRequest, largestHead = kLargestHead) {
    this.socket = socket;
    this.incoming = null;   // the message whose body is being read
    this.isPaused = false;
    this.frame = undefined; // of a request whose answer comes over a connection that others have made
    this.parser = new HttpParser(isRequest, onHead, onBody, onEnd, largestHead);
    this.parser.link = this;
    this.parser.onerror = (code, reason) =>
      this.fail(Object.assign(new Error(`Parse Error: ${reason}`), { code, reason }));
    this.parser.onupgrade = (rest) => this.upgrade(asBuffer(rest));
    // A stream of the loop is read by the parser itself, any other hands its bytes over.
    this.isDirect = socket._handle?.writeText !== undefined;
    this.onData = (bytes) => { this.parser?.execute(bytes); };
    this.onLast = () => { this.parser?.finish(); };
    if (this.isDirect) this.parser.consume(socket._handle);
    else socket.on('data', this.onData).on('end', this.onLast);
    this.onClose = () => { this.close(); this.closed(); };
    this.onError = (error) => this.socketFailed(error);
    socket.on('close', this.onClose);
    socket.on('error', this.onError);
  }

  pause() {
    this.isPaused = true;
    if (this.isDirect) this.socket._handle?.readStop(); else this.socket.pause();
  }

  resume() {
    if (!this.isPaused) return;
    this.isPaused = false;
    if (this.isDirect) this.socket._handle?.readStart(); else this.socket.resume();
  }

  endMessage(trailers) {
    const message = this.incoming;
    this.incoming = null;
    message?.finishReading(trailers);
    this.resume();
  }

  // 0 when all is written, 1 when request.oncomplete(status) will tell, or a negative error.
  send(request, head, body, tail) {
    const { socket } = this;
    if (socket.destroyed) return kBrokenPipe;
    if (this.isDirect && !socket.connecting && socket.writableLength === 0) {
      if (socket.timer !== null) socket.touch();
      return socket._handle.writeText(request, head, body, tail);
    }
    const parts = [Buffer.from(head, 'latin1'), typeof body === 'string' ? Buffer.from(body) : body ?? '',
                   Buffer.from(tail, 'latin1')];
    socket.write(Buffer.concat(parts.filter((part) => part.length > 0)),
                 (error) => request.oncomplete(error ? kBrokenPipe : 0));
    return 1;
  }

  // The socket goes back to whoever wants it.
  close() {
    if (this.parser === null) return;
    this.parser.close();
    this.parser = null;
    this.socket.removeListener('data', this.onData);
    this.socket.removeListener('end', this.onLast);
    this.socket.removeListener('close', this.onClose);
    this.socket.removeListener('error', this.onError);
  }
}

module.exports = { Link, methods, kKeepAlive, kUpgrade, kHasBody, kLargestHead };
