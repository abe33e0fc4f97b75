// Which file an npm package of the bundle means by require(). The bundle has no package.json: the tool
// that makes it writes each package's main file down (tools/bundle_javascript.py).
'use strict';

const mains = require('node_modules/mains');
// Packages of the bundle use ours for these.
const replaced = { 'events': 'events', 'buffer': 'buffer', 'buffer/': 'buffer', 'process/': 'process',
                   'process': 'process', 'util': 'util', 'stream': 'stream' };

function normalize(parts) {
  const kept = [];
  for (const part of parts.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return kept.join('/');
}

function resolvePackaged(folder, wanted) {
  if (wanted.startsWith('.')) return asFile(normalize(`${folder}/${wanted}`));
  if (replaced[wanted] !== undefined) return replaced[wanted];
  const name = wanted.replace(/\/$/, '');
  if (mains[name] !== undefined) return mains[name];
  return asFile(`node_modules/${name}`);
}

function asFile(name) {
  for (const candidate of [name, `${name}.js`, `${name}.json`, `${name}/index.js`]) {
    if (mains.files.has(candidate)) return candidate;
  }
  return name;
}

module.exports = { resolvePackaged };
