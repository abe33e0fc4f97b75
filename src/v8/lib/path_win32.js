// The module `path/win32`: paths with drives, shares and both kinds of slash.
'use strict';

const { invalidType } = require('internal_errors');

const checked = (value, name) => {
  if (typeof value !== 'string') throw invalidType(name, 'string', value);
  return value;
};
const isSlash = (letter) => letter === '/' || letter === '\\';

// { device: 'C:' or '\\server\share' or '', isRooted, size of both in the text }
function rootOf(path) {
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
  if (share !== null) return { device: `\\\\${share[1]}\\${share[2]}`, isShare: true, isRooted: true, size: share[0].length + (isSlash(path[share[0].length]) ? 1 : 0) };
  const drive = /^[a-z]:/i.exec(path);
  if (drive !== null) return { device: drive[0], isShare: false, isRooted: isSlash(path[2]), size: isSlash(path[2]) ? 3 : 2 };
  return { device: '', isShare: false, isRooted: isSlash(path[0]), size: isSlash(path[0]) ? 1 : 0 };
}

// The parts of a path without `.` and, as far as possible, without `..`.
function reduced(text, keepsUp) {
  const kept = [];
  for (const part of text.split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (keepsUp) kept.push(part);
  }
  return kept;
}

function normalize(path) {
  if (checked(path, 'path') === '') return '.';
  const { device, isShare, isRooted, size } = rootOf(path);
  let tail = reduced(path.slice(size), !isRooted).join('\\');
  if (tail === '' && !isRooted) tail = '.';
  if (tail !== '' && isSlash(path.at(-1)) && path.length > size) tail += '\\';
  return `${device}${isRooted || isShare ? '\\' : ''}${tail}`;
}

function join(...parts) {
  const given = parts.filter((part) => checked(part, 'path') !== '');
  if (given.length === 0) return '.';
  // Slashes at the front make a share only where the first part has exactly two.
  const isShare = /^[\\/]{2}[^\\/]/.test(given[0]);
  const joined = given.join('\\');
  return normalize(isShare ? joined : joined.replace(/^[\\/]{2,}/, '\\'));
}

function resolve(...parts) {
  let [device, tail, isRooted] = ['', '', false];
  for (let at = parts.length - 1; at >= -1 && !(isRooted && device !== ''); at--) {
    const path = at >= 0 ? checked(parts[at], 'path') : process.env[`=${device}`] ?? process.cwd();
    if (path === '') continue;
    const root = rootOf(path);
    if (root.device !== '' && device !== '' && root.device.toLowerCase() !== device.toLowerCase()) continue;
    if (device === '') device = root.device;
    if (isRooted) continue;
    tail = `${path.slice(root.size)}\\${tail}`;
    isRooted = root.isRooted;
  }
  return `${device}${isRooted ? '\\' : ''}${reduced(tail, !isRooted).join('\\')}` || '.';
}

function isAbsolute(path) {
  return isSlash(checked(path, 'path')[0]) || /^[a-z]:[\\/]/i.test(path);
}

function relative(from, to) {
  const [first, second] = [resolve(checked(from, 'from')), resolve(checked(to, 'to'))];
  if (first.toLowerCase() === second.toLowerCase()) return '';
  const [a, b] = [first, second].map((path) => path.replace(/^\\+|\\+$/g, '').split('\\'));
  let common = 0;
  while (common < a.length && common < b.length && a[common].toLowerCase() === b[common].toLowerCase()) common++;
  if (common === 0) return second;
  return [...a.slice(common).map(() => '..'), ...b.slice(common)].join('\\');
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path === '') return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (/^\\\\[^?.]/.test(resolved)) return `\\\\?\\UNC\\${resolved.slice(2)}`;
  return /^[a-z]:\\/i.test(resolved) ? `\\\\?\\${resolved}` : path;
}

// Where the last part begins and ends, and the root before it.
function parts(path) {
  const { size } = rootOf(path);
  let end = path.length;
  while (end > size && isSlash(path[end - 1])) end--;
  let start = end;
  while (start > size && !isSlash(path[start - 1])) start--;
  return { size, start, end };
}

function dirname(path) {
  if (checked(path, 'path') === '') return '.';
  const { size, start } = parts(path);
  return path.slice(0, start > size ? start - 1 : start) || '.';
}

function basename(path, ending) {
  if (ending !== undefined) checked(ending, 'ext');
  const drive = /^[a-z]:/i.test(checked(path, 'path')) ? 2 : 0;
  let end = path.length;
  while (end > drive && isSlash(path[end - 1])) end--;
  let start = end;
  while (start > drive && !isSlash(path[start - 1])) start--;
  const base = path.slice(start, end);
  return ending !== undefined && base !== ending && base.endsWith(ending) ? base.slice(0, base.length - ending.length) : base;
}

function extname(path) {
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

function parse(path) {
  if (checked(path, 'path') === '') return { root: '', dir: '', base: '', ext: '', name: '' };
  const { size, start, end } = parts(path);
  const base = path.slice(start, end);
  const dot = base.lastIndexOf('.');
  const ext = dot <= 0 || base === '..' ? '' : base.slice(dot);
  const root = path.slice(0, size);
  return { root, dir: start > size ? path.slice(0, start - 1) : root, base, ext, name: base.slice(0, base.length - ext.length) };
}

function format(parsed) {
  if (parsed === null || typeof parsed !== 'object') throw invalidType('pathObject', 'object', parsed);
  const dir = parsed.dir || parsed.root;
  const base = parsed.base || `${parsed.name ?? ''}${parsed.ext ?? ''}`;
  if (!dir) return base;
  return dir === parsed.root ? `${dir}${base}` : `${dir}\\${base}`;
}

const win32 = { resolve, normalize, isAbsolute, join, relative, toNamespacedPath, dirname, basename, extname, format, parse,
                _makeLong: toNamespacedPath, sep: '\\', delimiter: ';', win32: null, posix: null };
win32.win32 = win32;
module.exports = win32;
