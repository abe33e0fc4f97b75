// The machine and the helpers that scripts show.
const os = require('os'), util = require('util'), path = require('path');
console.log(os.cpus().length > 0, Object.keys(os.cpus()[0]), os.totalmem() > os.freemem(), os.loadavg().length, os.EOL === '\n', os.type(), os.arch(), os.endianness(), `${os.platform}`, os.userInfo().username.length > 0, os.constants.signals.SIGINT, os.constants.errno.ENOENT, os.getPriority() >= -20, Object.keys(os.networkInterfaces()).length > 0);
console.log(util.types.isPromise(Promise.resolve()), util.types.isProxy(new Proxy({}, {})), util.isDeepStrictEqual({ a: [new Set([1])] }, { a: [new Set([1])] }), util.inspect.custom.toString(), util.types.isGeneratorFunction(function*() {}));
util.callbackify(async (value) => value * 2)(21, (error, value) => console.log(error, value)); util.promisify((value, callback) => callback(null, value + 1))(1).then((value) => console.log(value));
function Old() {} function Base() {} Base.prototype.hello = () => 'hello'; util.inherits(Old, Base); console.log(new Old().hello(), Old.super_ === Base, new Old());
console.log(path.join('/a', '..', 'b', './c'), path.resolve('/x', 'y'), path.basename('/q/w.js', '.js'), path.extname('a.b.c'), path.parse('/home/f.txt'), path.relative('/a/b', '/a/c'), path.isAbsolute('x'), path.sep);
console.log(util.parseArgs({ args: ['-v', '--name=x', 'rest'], options: { verbose: { type: 'boolean', short: 'v' }, name: { type: 'string' } }, allowPositionals: true }));
console.log(require('v8').deserialize(require('v8').serialize({ a: [1, new Date(0)] })), require('v8').getHeapStatistics().used_heap_size > 0, new util.TextDecoder().decode(new util.TextEncoder().encode('grüße')), util.stripVTControlCharacters('\x1b[31mred\x1b[39m'));
