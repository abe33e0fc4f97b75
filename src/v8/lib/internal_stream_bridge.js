// Between the streams of Node.js and those of the web.
'use strict';

const { abortError } = require('internal_errors');

const nameOf = (error) => error ?? abortError();

// What a Readable brings, as a ReadableStream that reads no faster than it is read.
function readableToWeb(readable, options) {
  const { ReadableStream, CountQueuingStrategy } = require('stream_web');
  const { finished } = require('stream');
  const isOfObjects = readable.readableObjectMode;
  const strategy = options?.strategy ?? (isOfObjects ? new CountQueuingStrategy({ highWaterMark: readable.readableHighWaterMark })
    : { highWaterMark: readable.readableHighWaterMark, size: (chunk) => chunk.byteLength ?? chunk.length });
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      readable.pause();
      readable.on('data', (chunk) => {
        controller.enqueue(isOfObjects || typeof chunk === 'string' ? chunk : new Uint8Array(chunk));
        if (controller.desiredSize <= 0) readable.pause();
      });
      finished(readable, { writable: false }, (error) => {
        if (isOver) return;
        isOver = true;
        readable.on('error', () => {});
        if (error) controller.error(error.code === 'ERR_STREAM_PREMATURE_CLOSE' ? abortError(error) : error);
        else controller.close();
      });
    },
    pull() { readable.resume(); },
    cancel(reason) {
      isOver = true;
      readable.on('error', () => {});
      readable.destroy(reason);
    },
  }, strategy);
}

function readableFromWeb(stream, options = {}) {
  const { Readable } = require('stream');
  const reader = stream.getReader();
  let isOver = false;
  return new Readable({
    ...options,
    read() {
      reader.read().then(({ done, value }) => {
        isOver ||= done;
        this.push(done ? null : this.readableObjectMode || typeof value === 'string' ? value : Buffer.from(value.buffer ?? value, value.byteOffset, value.byteLength));
      }, (error) => { isOver = true; this.destroy(error); });
    },
    destroy(error, callback) {
      if (isOver) return callback(error);
      reader.cancel(error).then(() => callback(error), () => callback(error));
    },
  });
}

function writableToWeb(writable) {
  const { WritableStream } = require('stream_web');
  const { finished } = require('stream');
  let waiting;      // for room
  return new WritableStream({
    start(controller) {
      writable.on('drain', () => { waiting?.resolve(); waiting = undefined; });
      finished(writable, { readable: false }, (error) => {
        if (!error) return;
        writable.on('error', () => {});
        waiting?.reject(error);
        controller.error(error);
      });
    },
    write(chunk) {
      if (writable.write(chunk)) return undefined;
      return new Promise((resolve, reject) => { waiting = { resolve, reject }; });
    },
    abort(reason) { writable.destroy(nameOf(reason)); },
    close: () => new Promise((resolve, reject) => writable.end((error) => error ? reject(error) : resolve())),
  }, { highWaterMark: writable.writableHighWaterMark, size: (chunk) => writable.writableObjectMode ? 1 : chunk.byteLength ?? chunk.length });
}

function writableFromWeb(stream, options = {}) {
  const { Writable } = require('stream');
  const writer = stream.getWriter();
  return new Writable({
    ...options,
    write(chunk, encoding, callback) { writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback); },
    final(callback) { writer.close().then(() => callback(), callback); },
    destroy(error, callback) {
      if (error === null) return callback(null);
      writer.abort(error).then(() => callback(error), () => callback(error));
    },
  });
}

const duplexToWeb = (duplex) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });
const duplexFromWeb = ({ readable, writable }, options) =>
  require('stream').Duplex.from({ readable: readableFromWeb(readable, options), writable: writableFromWeb(writable, options) });

const bridges = {
  Readable: { toWeb: readableToWeb, fromWeb: readableFromWeb },
  Writable: { toWeb: writableToWeb, fromWeb: writableFromWeb },
  Duplex: { toWeb: duplexToWeb, fromWeb: duplexFromWeb },
};

module.exports = { bridges };
