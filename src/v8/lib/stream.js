// The module `stream`: the npm package readable-stream, which carries Node 18's streams. As in Node.js
// the module is the class that all of them have in common.
'use strict';
const { requireInternal } = require('internal_require');
module.exports = requireInternal('node_modules/readable-stream/lib/stream.js');

// To and from the streams of the web, which are loaded when somebody asks for them.
for (const kind of ['Readable', 'Writable', 'Duplex']) {
  for (const name of ['toWeb', 'fromWeb'])
    module.exports[kind][name] = (...values) => requireInternal('internal_stream_bridge').bridges[kind][name](...values);
}
