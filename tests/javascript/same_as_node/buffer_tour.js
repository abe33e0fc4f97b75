const b = Buffer.from('héllo wörld');
console.log(
  b,
  b.length,
  b.toString('hex'),
  b.toString('base64'),
  b.toString('base64url'),
  b.toString('latin1'),
  b.toString('ascii'),
  b.toString('utf16le').length
);
console.log(
  Buffer.alloc(3, 'ab'),
  Buffer.concat([Buffer.from('a'), Buffer.from('b')], 5),
  Buffer.compare(Buffer.from('a'), Buffer.from('b')),
  Buffer.byteLength('é'),
  Buffer.isBuffer(b),
  Buffer.isEncoding('UTF-8'),
  b.equals(Buffer.from(b))
);
const n = Buffer.alloc(16);
n.writeUInt32BE(0xdeadbeef, 0);
n.writeInt16LE(-2, 4);
n.writeDoubleBE(1.5, 8);
console.log(
  n,
  n.readUInt32LE(0),
  n.readInt16LE(4),
  n.readDoubleBE(8),
  n.readBigUInt64BE(8),
  n.readUIntBE(0, 3)
);
try {
  n.readUInt32BE(14);
} catch (e) {
  console.log(e.name, e.code, e.message);
}
try {
  n.writeUInt8(256, 0);
} catch (e) {
  console.log(e.code, e.message);
}
try {
  Buffer.from(5);
} catch (e) {
  console.log(e.code, e.message);
}
try {
  Buffer.alloc('5');
} catch (e) {
  console.log(e.code, e.message);
}
try {
  Buffer.alloc(-1);
} catch (e) {
  console.log(e.code, e.message);
}
console.log(
  b.slice(1, 4),
  b.subarray(-5).toString(),
  b.indexOf('w'),
  b.includes('llo'),
  b.lastIndexOf('l'),
  [...b.subarray(0, 2).entries()],
  b.fill('x', 0, 2).toString(),
  b.toJSON().data.length,
  JSON.stringify(Buffer.from('a'))
);
console.log(
  Buffer.from([256, -1, 1.9, '3']),
  Buffer.from(new ArrayBuffer(2)),
  Buffer.from(new Uint16Array([1, 256])),
  Buffer.from({ type: 'Buffer', data: [1] }),
  Buffer.from('ff0', 'hex'),
  Buffer.from('YQ', 'base64'),
  Buffer.from('€', 'latin1'),
  Buffer.poolSize
);
const sw = Buffer.from([1, 2, 3, 4]);
console.log(
  sw.swap16(),
  sw.swap32(),
  sw.reverse(),
  sw.at(-1),
  sw.copy(n, 1, 1, 3),
  n,
  sw.write('zz', 1),
  sw,
  sw.readInt8(0),
  sw.parent === sw.buffer,
  sw.byteOffset >= 0
);
const { StringDecoder } = require('string_decoder');
const d = new StringDecoder('utf8');
console.log(d.write(Buffer.from([0xe2, 0x82])), d.write(Buffer.from([0xac])), d.end(Buffer.from([0xe2])));
console.log(
  atob('aGk='),
  btoa('hi'),
  new TextDecoder().decode(new Uint8Array([0xff, 65])),
  Buffer.from('test').readUInt8(),
  require('buffer').constants.MAX_LENGTH > 1e9,
  require('buffer').kMaxLength > 1e9,
  require('buffer').transcode?.(Buffer.from('é'), 'utf8', 'latin1')
);
console.log(
  Buffer.from('a'.repeat(60)),
  new Uint8Array(3),
  Buffer.from(''),
  Buffer.allocUnsafe(2).length,
  Buffer.of(1, 2),
  require('buffer').INSPECT_MAX_BYTES
);
