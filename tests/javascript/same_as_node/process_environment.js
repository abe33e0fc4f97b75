// process.env: an object of strings, which children inherit and which can be printed.
for (const name of Object.keys(process.env)) if (!/^(PATH|HOME|LANG)$/.test(name)) delete process.env[name];
process.env.LANG = 'C'; process.env.PATH = '/bin'; process.env.HOME = '/root';
process.env.NUMBER = 5; process.env.NOTHING = undefined; process.env.NULL = null; process.env.EMPTY = '';
console.log(process.env);
console.log(Object.keys(process.env).sort(), 'NUMBER' in process.env, process.env.NUMBER === '5', process.env.none);
console.log(process.env.hasOwnProperty('EMPTY'), Object.prototype.hasOwnProperty.call(process.env, 'x'), typeof process.env.toString);
console.log(JSON.stringify(process.env), { ...process.env }.NULL, Object.entries(process.env).length);
const { NUMBER = 'default', PORT = 8080 } = process.env; console.log(NUMBER, PORT);
console.log(delete process.env.NUMBER, process.env.NUMBER, delete process.env.none);
console.log(require('child_process').execSync('echo $EMPTY-$NULL', { encoding: 'utf8' }));
console.log(Object.getOwnPropertyDescriptor(process.env, 'NULL'), Object.assign({}, process.env).HOME);
try { process.env[Symbol('s')] = 1; } catch (error) { console.log(error.name); }
for (const name in process.env) if (name === 'HOME') console.log('enumerated');
