// How many columns inspect() puts lists into: `equal` or `mixed` cells, how many, and the columns.
const util = require('util');
let seed = 12345;
const random = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 0x100000000 * limit);
};
const cellOf = (width) => Number('7'.repeat(width));
const tell = (kind, list) => {
  const lines = util.inspect(list).split('\n');
  const columns = lines.length === 1 ? 0 : lines[1].split(',').filter((cell) => cell.trim()).length;
  console.log(kind, list.length, columns);
};
for (let width = 1; width <= 15; width++) {
  for (let count = 7; count <= 100; count++) tell('equal', Array.from({ length: count }, () => cellOf(width)));
}
for (let round = 0; round < 2000; round++) {
  const least = 1 + random(8);
  const spread = random(16 - least) + 1;
  tell('mixed', Array.from({ length: 7 + random(94) }, () => cellOf(least + random(spread))));
}
