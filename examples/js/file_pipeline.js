// A file through a chain of streams: violet run examples/js/file_pipeline.js FILE
//
// Reads, counts lines, compresses and hashes at once, in memory that does not grow with the file: each
// stream holds the one before it back when it cannot keep up.
const { createHash } = require('crypto');
const { createReadStream } = require('fs');
const { PassThrough, Transform } = require('stream');
const { pipeline } = require('stream/promises');
const { createGzip } = require('zlib');

class LineCounter extends Transform {
  lines = 0;
  _transform(chunk, encoding, callback) {
    for (const byte of chunk) if (byte === 10) this.lines++;
    callback(null, chunk);
  }
}

(async () => {
  const file = process.argv[2] ?? __filename;
  const counter = new LineCounter();
  const hash = createHash('sha256');
  const sink = new PassThrough();
  let compressed = 0;
  sink.on('data', (chunk) => { compressed += chunk.length; });
  const source = createReadStream(file);
  source.on('data', (chunk) => hash.update(chunk));
  await pipeline(source, counter, createGzip(), sink);
  console.log(`${counter.lines} lines, ${source.bytesRead} bytes, ${compressed} compressed`);
  console.log(hash.digest('hex'));
})();
