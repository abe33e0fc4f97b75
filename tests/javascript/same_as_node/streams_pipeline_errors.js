// pipeline() destroys all of its streams when one fails.
const { pipeline, Readable, Transform, Writable, PassThrough } = require('stream');
const parts = [Readable.from(['a', 'b', 'c']), new PassThrough(),
               new Transform({ transform(chunk, encoding, callback) { callback(String(chunk) === 'b' ? new Error('no b') : null, chunk); } }),
               new Writable({ write(chunk, encoding, callback) { console.log('written', String(chunk)); callback(); } })];
pipeline(...parts, (error) => { console.log(error.message, parts.map((part) => part.destroyed)); });
pipeline(Readable.from([1]), new Writable({ objectMode: true, write(chunk, encoding, callback) { callback(); } }), (error) => console.log('fine', error));
