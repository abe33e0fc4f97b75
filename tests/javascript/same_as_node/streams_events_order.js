// The events of a stream's life.
const { Readable, Writable } = require('stream');
const readable = new Readable({ read() {} });
for (const name of ['pause', 'resume', 'data', 'readable', 'end', 'close']) if (name !== 'readable') readable.on(name, (value) => console.log('readable', name, value === undefined ? '' : String(value)));
readable.push('one'); readable.push('two'); readable.push(null);
const writable = new Writable({ write(chunk, encoding, callback) { console.log('write', String(chunk)); process.nextTick(callback); }, final(callback) { console.log('final'); callback(); }, destroy(error, callback) { console.log('destroy', error); callback(); } });
for (const name of ['prefinish', 'finish', 'close']) writable.on(name, () => console.log('writable', name));
writable.write('x', () => console.log('x written'));
writable.end('y', () => console.log('ended'));
