// CommonJS: cycles, the cache, what require() knows.
const fs = require('fs'), path = require('path');
const put = (name, text) => fs.writeFileSync(path.resolve(name), text);
put('a.js', "exports.done = false; const b = require('./b'); console.log('in a, b.done =', b.done); exports.done = true;");
put('b.js', "exports.done = false; const a = require('./a'); console.log('in b, a.done =', a.done); exports.done = true;");
put('once.js', "console.log('loaded once'); module.exports = class Single { constructor() { return Single.it ??= this; } };");
put('data.json', '{"value": [1, 2]}');
put('broken.js', 'throw new Error("while loading")');
const load = require('module').createRequire(path.resolve('main.js'));
const a = load('./a'), b = load('./b');
console.log(a.done, b.done, load('./a') === a, load('./data').value);
const Single = load('./once'); console.log(new Single() === new (load('./once.js'))(), Object.keys(load.cache).filter((f) => f.startsWith(process.cwd())).map((f) => path.basename(f)));
for (const name of ['./broken', './broken', './absent', 'absent-package']) try { load(name); } catch (error) { console.log(error.code, error.message.split('\n')[0]); }
delete load.cache[load.resolve('./once')]; load('./once');
console.log(typeof module, require.main === module, module.children.length >= 0, __filename.endsWith('modules_cycles_and_cache.js'), path.basename(__dirname), require('node:fs') === fs, require('module').builtinModules.includes('fs'));
console.log(this === module.exports, typeof exports, (function() { return this === undefined || this === globalThis; })(), arguments.length);
