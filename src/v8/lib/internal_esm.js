// ES modules: finding them, linking them, import() and import.meta.
'use strict';

const { createModule, createSynthetic, moduleRequests, linkModule, evaluateModule,
        moduleNamespace } = binding('module');
const path = require('path');
const { withCode } = require('internal_errors');
const loader = require('internal_loader');

const modules = new Map();  // by URL

const urlOf = (file) => `file://${encodeURI(file).replace(/[?#]/g, encodeURIComponent)}`;
const fileOf = (url) => decodeURI(url.slice('file://'.length).replace(/[?#].*$/, ''));

function resolve(specifier, referrer) {
  if (loader.isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
  if (/^(file|data):/.test(specifier)) return specifier;
  const folder = path.dirname(referrer.startsWith('file://') ? fileOf(referrer) : referrer);
  try {
    return urlOf(loader.resolve(specifier, folder, ['import', 'node', 'default']));
  } catch (error) {
    const importer = referrer.startsWith('file://') ? fileOf(referrer) : referrer;
    if (/^ERR_PACKAGE_/.test(error.code)) error.message += ` imported from ${importer}`;
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    const isPath = /^(\.{1,2}\/|\/)/.test(specifier);
    const wanted = isPath ? path.resolve(folder, specifier) : specifier;
    throw withCode(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find ${isPath ? 'module' : 'package'} '${wanted}' imported from ${importer}`);
  }
}

// A module whose exports are those of a CommonJS module or of a built-in one.
function wrap(url, exports) {
  const isObject = exports !== null && (typeof exports === 'object' || typeof exports === 'function');
  const names = isObject ? Object.keys(exports).filter((name) => name !== 'default') : [];
  return createSynthetic(['default', ...names], url, () => {
    const values = Object.create(null);
    for (const name of names) values[name] = exports[name];
    values.default = exports;
    return values;
  });
}

// `data:text/javascript,SOURCE`, or `;base64,`.
function readData(url) {
  const [, type, , isBase64, content] = /^data:([^;,]*)(;charset=[^;,]*)?(;base64)?,(.*)$/s.exec(url) ?? [];
  const text = isBase64 ? Buffer.from(decodeURIComponent(content), 'base64').toString() : decodeURIComponent(content ?? '');
  if (type === 'application/json') return wrap(url, JSON.parse(text));
  if (type === 'text/javascript') return createModule(text, url);
  throw withCode(TypeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${type} for URL ${url}`);
}

const isSource = (url) => url.startsWith('data:text/javascript') || (url.startsWith('file://') && loader.isEsm(fileOf(url)));

function make(url) {
  if (url.startsWith('data:')) return readData(url);
  if (url.startsWith('node:')) return wrap(url, loader.requireBuiltin(url));
  const file = fileOf(url);
  if (loader.isEsm(file)) return createModule(loader.readText(file), url);
  return wrap(url, loader.Module.createRequire(file)(file));
}

// The module and all that it imports, linked.
function get(url) {
  if (modules.has(url)) return modules.get(url);
  const module = make(url);
  modules.set(url, module);
  if (isSource(url)) {
    for (const specifier of moduleRequests(module))
      linkModule(module, specifier, get(resolve(specifier, url)));
  }
  return module;
}

const evaluations = new Map();
function evaluate(url) {
  if (!evaluations.has(url)) evaluations.set(url, evaluateModule(get(url)));
  return evaluations.get(url);
}

// Nothing runs before import() has returned its promise.
async function importDynamically(specifier, referrer) {
  await null;
  const url = resolve(specifier, referrer);
  await evaluate(url);
  return moduleNamespace(get(url));
}

function fillImportMeta(meta, url) {
  meta.resolve = async (specifier) => resolve(specifier, url);
  meta.url = url;
}

function runMain(file) {
  const { process } = require('process');
  let isOver = false;
  evaluate(urlOf(file)).then(() => { isOver = true; },
                             (error) => {
                               if (error instanceof ReferenceError && /^(require|module|exports|__filename|__dirname) is not defined$/.test(error.message)) {
                                 const told = `${error.message} in ES module scope${error.message.startsWith('require') ? ', you can use import instead' : ''}`;
                                 error.stack = error.stack.replace(error.message, told);
                                 error.message = told;
                               }
                               require('process').reportUncaught(error);
                             });
  process.on('exit', () => {
    if (isOver || process.exitCode !== undefined) return;
    console.error('Warning: Detected unsettled top-level await');
    process.exitCode = 13;
  });
}

module.exports = { importDynamically, fillImportMeta, runMain };
