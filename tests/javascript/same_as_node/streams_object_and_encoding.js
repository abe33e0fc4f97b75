// Encodings on the way in and out, objects, and chunks that are cut.
const { PassThrough, Readable } = require('stream');
const text = new PassThrough({ encoding: 'utf8' });
text.on('data', (data) => console.log(typeof data, data));
text.write(Buffer.from([0xe2, 0x82])); text.write(Buffer.from([0xac])); text.write('68692e', 'hex'); text.end();
const sized = new Readable({ read() {} });
sized.push('abcdefgh'); sized.push(null);
sized.once('readable', () => { console.log(String(sized.read(3)), String(sized.read(3)), sized.read(3) && 'rest', sized.readableLength); });
