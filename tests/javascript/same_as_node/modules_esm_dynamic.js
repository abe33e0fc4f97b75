// import() from CommonJS: namespaces, live bindings, top-level await, errors.
const fs = require('fs'), path = require('path');
fs.writeFileSync('counter.mjs', 'export let count = 0; export function add() { count++; } export default class Counter {}; await null; console.log("evaluated", import.meta.url.endsWith("counter.mjs"), typeof require, this);');
fs.writeFileSync('common.cjs', 'exports.named = 1; exports.other = 2;');
fs.writeFileSync('user.mjs', 'import Counter, { count, add } from "./counter.mjs"; import * as all from "./counter.mjs"; import common, { named } from "./common.cjs"; import fs, { readFileSync } from "node:fs"; add(); console.log(count, all.count, Object.keys(all), Counter.name, common, named, fs.readFileSync === readFileSync); export const done = true;');
fs.writeFileSync('wrong.mjs', 'import { absent } from "./counter.mjs";');
fs.writeFileSync('throws.mjs', 'throw new RangeError("at import");');
const load = (name) => import(path.resolve(name));
console.log('before');
load('user.mjs').then(async (module) => {
  console.log(module);
  console.log((await load('user.mjs')) === module, (await import('fs')).default === fs);
  for (const name of ['wrong.mjs', 'throws.mjs', 'absent.mjs']) await load(name).catch((error) => console.log(error.name, error.code, error.message.replaceAll(process.cwd(), 'CWD').split('\n')[0]));
});
