// CommonJS: finding, compiling and caching modules.
'use strict';

const fs = binding('fs');
const { compileFunction, runScript } = binding('module');
const path = require('path');

const kFileTypeMask = fs.constants.S_IFMT;

// The modules that programs may require; what begins with internal_ is ours.
const builtins = ['assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster',
                  'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns', 'dns/promises', 'domain', 'events', 'fs', 'fs/promises',
                  'http', 'https', 'module', 'net', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'process',
                  'punycode', 'querystring', 'readline', 'readline/promises', 'stream', 'stream/consumers',
                  'stream/promises', 'stream/web', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'tty', 'url', 'util', 'util/types',
                  'v8', 'vm', 'worker_threads', 'zlib'];
// These have no name but that with `node:`.
const prefixed = ['test'];

const builtinName = (wanted) => wanted.startsWith('node:') ? wanted.slice(5) : wanted;
const isBuiltin = (wanted) => builtins.includes(builtinName(wanted)) || (wanted.startsWith('node:') && prefixed.includes(wanted.slice(5)));

function requireBuiltin(wanted) {
  const name = builtinName(wanted);
  if (name === 'process') return require('process').process;
  if (name === 'console') return globalThis.console;
  return require(name.replace('/', '_'));
}

function statusOf(file) {
  try {
    fs.stat(file);
    return fs.status[1] & kFileTypeMask;
  } catch {
    return 0;
  }
}
const isFile = (file) => statusOf(file) === fs.constants.S_IFREG;
const isFolder = (file) => statusOf(file) === fs.constants.S_IFDIR;

function readText(file) {
  return require('fs').readFileSync(file, 'utf8');
}

// The package.json that rules a folder; undefined for none.
const packages = new Map();
function packageOf(folder) {
  if (packages.has(folder)) return packages.get(folder);
  const file = path.join(folder, 'package.json');
  let found;
  if (isFile(file)) found = { folder, ...JSON.parse(readText(file)) };
  else if (folder !== path.dirname(folder)) found = packageOf(path.dirname(folder));
  packages.set(folder, found);
  return found;
}

const isEsm = (file) => file.endsWith('.mjs') ||
  (file.endsWith('.js') && packageOf(path.dirname(file))?.type === 'module');

function asFile(file) {
  if (isFile(file)) return file;
  for (const ending of ['.js', '.json', '.cjs', '.mjs']) {
    if (isFile(file + ending)) return file + ending;
  }
  return undefined;
}

function asFolder(folder) {
  if (!isFolder(folder)) return undefined;
  const description = path.join(folder, 'package.json');
  if (isFile(description)) {
    const { main } = JSON.parse(readText(description));
    if (main !== undefined) {
      const target = path.resolve(folder, main);
      const found = asFile(target) ?? asFile(path.join(target, 'index'));
      if (found !== undefined) return found;
    }
  }
  return asFile(path.join(folder, 'index'));
}

// One of the conditions of an "exports" entry.
function chooseExport(entry, conditions) {
  if (typeof entry === 'string') return entry;
  if (Array.isArray(entry)) return chooseExport(entry[0], conditions);
  for (const [condition, target] of Object.entries(entry ?? {})) {
    if (!conditions.includes(condition)) continue;
    const chosen = chooseExport(target, conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

// The target that a table of entries has for a key: by its name, or by the longest pattern with a `*`.
function chooseEntry(entries, key, conditions) {
  if (Object.hasOwn(entries, key) && !key.includes('*')) return chooseExport(entries[key], conditions);
  const matches = (pattern) => {
    const [before, after] = pattern.split('*');
    return after !== undefined && key.startsWith(before) && key.endsWith(after) && key.length > before.length + after.length - 1;
  };
  const pattern = Object.keys(entries).filter(matches).sort((a, b) => b.indexOf('*') - a.indexOf('*'))[0];
  if (pattern === undefined) return undefined;
  const [before, after] = pattern.split('*');
  return chooseExport(entries[pattern], conditions)?.replaceAll('*', key.slice(before.length, key.length - after.length));
}

// "#name": what the package itself calls it.
function asImport(wanted, folder, conditions) {
  const description = packageOf(folder);
  const chosen = description?.imports === undefined ? undefined : chooseEntry(description.imports, wanted, conditions);
  if (chosen === undefined) {
    const where = description === undefined ? '' : ` in package ${path.join(description.folder, 'package.json')}`;
    throw Object.assign(new TypeError(`Package import specifier "${wanted}" is not defined${where}`), { code: 'ERR_PACKAGE_IMPORT_NOT_DEFINED' });
  }
  return chosen.startsWith('./') ? fs.realpath(path.join(description.folder, chosen)) : resolve(chosen, folder, conditions);
}

function asPackage(folder, wanted, conditions) {
  const parts = wanted.split('/');
  const name = parts.splice(0, wanted.startsWith('@') ? 2 : 1).join('/');
  const home = path.join(folder, 'node_modules', name);
  if (!isFolder(home)) return undefined;
  const description = packageOf(home);
  const exported = description?.folder === home ? description.exports : undefined;
  if (exported !== undefined) {
    const key = parts.length === 0 ? '.' : `./${parts.join('/')}`;
    const isMap = typeof exported === 'object' && Object.keys(exported).some((k) => k.startsWith('.'));
    const chosen = chooseEntry(isMap ? exported : { '.': exported }, key, conditions);
    if (chosen !== undefined) return path.join(home, chosen);
    const told = key === '.' ? 'No "exports" main defined' : `Package subpath '${key}' is not defined by "exports"`;
    throw Object.assign(new Error(`${told} in ${path.join(home, 'package.json')}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  }
  const target = path.join(home, ...parts);
  return (parts.length > 0 ? asFile(target) : undefined) ?? asFolder(target);
}

function resolve(wanted, folder, conditions = ['require', 'node', 'default'], parent = undefined) {
  if (isBuiltin(wanted)) return wanted;
  if (wanted.startsWith('node:')) throw Object.assign(new Error(`No such built-in module: ${wanted}`), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
  if (wanted.startsWith('#')) return asImport(wanted, folder, conditions);
  if (/^(\.{1,2}(\/|$)|\/)/.test(wanted)) {
    const target = path.resolve(folder, wanted);
    const found = (wanted.endsWith('/') ? undefined : asFile(target)) ?? asFolder(target);
    if (found !== undefined) return fs.realpath(found);
  } else {
    for (let at = folder; ; at = path.dirname(at)) {
      const found = asPackage(at, wanted, conditions);
      if (found !== undefined) return fs.realpath(found);
      if (at === path.dirname(at)) break;
    }
  }
  const requireStack = [];
  for (let at = parent; at?.filename !== undefined; at = at.parent) requireStack.push(at.filename);
  const told = requireStack.length === 0 ? '' : `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  throw Object.assign(new Error(`Cannot find module '${wanted}'${told}`), { code: 'MODULE_NOT_FOUND', requireStack });
}

class Module {
  constructor(id, parent) {
    this.id = id;
    this.path = path.dirname(id);
    this.exports = {};
    this.filename = id;
    this.loaded = false;
    this.children = [];
    this.paths = searchPaths(this.path);
    parent?.children.push(this);
    Object.defineProperty(this, 'parent', { value: parent, enumerable: false });
  }

  require(wanted) { return requireFrom(this, wanted); }
}
Module.Module = Module;
Module.builtinModules = builtins;
Module.isBuiltin = isBuiltin;
Module._cache = Object.create(null);
Module._extensions = Object.assign(Object.create(null), {
  '.js': (module, file) => compile(module, readText(file)),
  '.json': (module, file) => { module.exports = JSON.parse(readText(file).replace(/^\uFEFF/, '')); },
});
Module.wrap = (source) => `(function (exports, require, module, __filename, __dirname) { ${source}\n});`;
Module.createRequire = (file) => {
  const target = String(file).startsWith('file:') ? decodeURIComponent(new URL(file).pathname) : file;
  return makeRequire(new Module(target));
};

function searchPaths(folder) {
  const paths = [];
  for (let at = folder; ; at = path.dirname(at)) {
    if (path.basename(at) !== 'node_modules') paths.push(path.join(at, 'node_modules'));
    if (at === path.dirname(at)) return paths;
  }
}

let mainModule;

function makeRequire(module) {
  const made = (wanted) => requireFrom(module, wanted);
  made.resolve = (wanted) => resolve(wanted, module.path, undefined, module);
  made.resolve.paths = (wanted) => isBuiltin(wanted) ? null : /^\.{1,2}\//.test(wanted) ? [module.path] : module.paths;
  made.main = mainModule;
  made.extensions = Module._extensions;
  made.cache = Module._cache;
  return made;
}

function requireFrom(module, wanted) {
  if (typeof wanted !== 'string') throw require('internal_ticks').invalidType('id', 'string', wanted);
  if (wanted === '') throw require('internal_errors').invalidValue('id', wanted, 'must be a non-empty string');
  if (isBuiltin(wanted)) return requireBuiltin(wanted);
  const file = resolve(wanted, module.path, undefined, module);
  const cached = Module._cache[file];
  // A cycle gets what is there so far.
  return (cached ?? load(file, module)).exports;
}

function load(file, parent) {
  const module = new Module(file, parent);
  Module._cache[file] = module;
  try {
    if (file.endsWith('.json')) {
      module.exports = JSON.parse(readText(file).replace(/^\uFEFF/, ''));
    } else if (isEsm(file)) {
      throw Object.assign(new Error(`require() of ES Module ${file}${parent?.filename === undefined ? '' : ` from ${parent.filename}`} not supported.`),
                          { code: 'ERR_REQUIRE_ESM' });
    } else {
      compile(module, readText(file));
    }
  } catch (error) {
    delete Module._cache[file];
    throw error;
  }
  module.loaded = true;
  return module;
}

function compile(module, source) {
  const code = source.replace(/^\uFEFF/, '').replace(/^#!.*/, '');
  let run;
  try {
    run = compileFunction(code, module.filename, 'exports', 'require', 'module', '__filename', '__dirname');
  } catch (error) {
    if (error.message === 'Cannot use import statement outside a module' || error.message === "Unexpected token 'export'")
      require('process').process.emitWarning('To load an ES module, set "type": "module" in the package.json or use the .mjs extension.');
    throw error;
  }
  run.call(module.exports, module.exports, makeRequire(module), module, module.filename, module.path);
}

function runMain(wanted) {
  const file = fs.realpath(asFile(wanted) ?? asFolder(wanted) ?? resolve(wanted, '/'));
  require('process').process.argv[1] = file;
  if (isEsm(file)) return require('internal_esm').runMain(file);
  const module = new Module(file);
  module.id = '.';
  mainModule = require('process').process.mainModule = module;
  Module._cache[file] = module;
  if (file.endsWith('.json')) module.exports = JSON.parse(readText(file));
  else compile(module, readText(file));
  module.loaded = true;
}

// A script of the global scope, which has require() and the like.
function runCode(code, name = '[eval]') {
  offerGlobals(name);
  runScript(code, name);
}

function offerGlobals(name) {
  const module = new Module(path.join(require('process').process.cwd(), name));
  module.id = name;
  Object.assign(globalThis, { require: makeRequire(module), module, exports: module.exports,
                              __filename: name, __dirname: '.' });
  // Modules go by their names here, each loaded when it is asked for.
  for (const builtin of builtins) {
    if (builtin in globalThis || builtin.includes('/')) continue;
    const define = (value) => Object.defineProperty(globalThis, builtin, { value, writable: true, configurable: true, enumerable: false });
    Object.defineProperty(globalThis, builtin, { configurable: true, get() { define(requireBuiltin(builtin)); return globalThis[builtin]; }, set: define });
  }
}

module.exports = { isBuiltin, isEsm, resolve, requireBuiltin, load, Module, runMain, runCode, offerGlobals, readText };
