// promisify() and callbackify(), of our functions and of Node's with a form of their own.
const util = require('util'), fs = require('fs'), { exec, execFile } = require('child_process');
const sleep = util.promisify(setTimeout), soon = util.promisify(setImmediate);
(async () => {
  console.log(await sleep(1, 'value'), await soon('now'));
  console.log((await util.promisify(fs.stat)('/')).isDirectory(), await util.promisify(fs.exists)('/none'));
  console.log(await util.promisify(exec)('echo out; echo err >&2'));
  try { await util.promisify(execFile)('sh', ['-c', 'echo some; exit 4']); } catch ({ code, stdout, stderr, killed, cmd }) { console.log({ code, stdout, stderr, killed, cmd }); }
  const { bytesRead, buffer } = await util.promisify(fs.read)(fs.openSync(__filename), Buffer.alloc(2), 0, 2, 0); console.log(bytesRead, String(buffer));
  console.log(await util.promisify(require('dns').lookup)('127.0.0.1'));
  console.log(await util.promisify(require('crypto').randomBytes)(3).then((b) => b.length), await util.promisify(require('zlib').gzip)('x').then((b) => b[0]));
  function custom() {} custom[util.promisify.custom] = async (x) => `custom ${x}`; console.log(await util.promisify(custom)(1), util.promisify(custom) === custom[util.promisify.custom]);
  const failing = util.promisify((callback) => callback(new Error('no'))); await failing().catch(({ message }) => console.log(message));
  const many = util.promisify((callback) => callback(null, 1, 2)); console.log(await many());
  class Thing { constructor() { this.v = 7; } get(callback) { callback(null, this.v); } } const thing = new Thing(); console.log(await util.promisify(thing.get).call(thing));
  try { util.promisify('x'); } catch (error) { console.log(error.code, error.message); }
  util.callbackify(async (a) => a + 1)(1, (error, value) => console.log(error, value));
  util.callbackify(async () => { throw null; })((error) => console.log(error.message, error.code, error.reason));
  util.callbackify(async () => { throw new TypeError('t'); })((error) => console.log(error.name));
  try { util.callbackify(async () => {})('no function'); } catch (error) { console.log(error.code, error.message); }
  const old = util.deprecate(() => 'old', 'use new', 'DEP0'); process.on('warning', ({ name, message, code }) => console.log(name, message, code)); process.noDeprecation = false;
  console.log(util.debuglog('nothing').enabled, typeof util.debug, util.inherits.length);
  const aborted = util.aborted; console.log(typeof aborted, typeof util.TextEncoder);
})();
