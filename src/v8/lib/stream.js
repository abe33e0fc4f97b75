// The module `stream`: the npm package readable-stream, which carries Node 18's streams.
'use strict';
const { requireInternal } = require('internal_require');
const packaged = requireInternal('node_modules/readable-stream/lib/ours/index.js');
const { Stream } = packaged;

// The module is its class, as in Node.js.
for (const name of ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough', 'pipeline', 'finished', 'addAbortSignal', 'compose',
                    'destroy', 'isDisturbed', 'isErrored', 'isReadable', 'promises']) {
  if (packaged[name] !== undefined) Stream[name] = packaged[name];
}
Stream.Stream = Stream;
module.exports = Stream;
