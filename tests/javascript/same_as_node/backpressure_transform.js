// A transform buffers on both sides.
const { Transform } = require('stream');
const twice = new Transform({ readableHighWaterMark: 4, writableHighWaterMark: 4, transform(chunk, encoding, callback) { this.push(chunk); callback(null, chunk); } });
console.log(twice.write('ab'), twice.write('cd'), twice.write('ef'), twice.readableLength, twice.writableLength);
let text = '';
twice.on('data', (data) => { text += data; });
twice.on('end', () => console.log(text));
twice.end('gh');
