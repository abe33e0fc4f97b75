// fs.watch of a folder tells of a write to a file in it.
//
// expect:
//   change file
// not on: kqueue; a folder is written to when its names change, not when its files do
const fs = require('fs');
const path = require('path');
const root = fs.mkdtempSync(path.join(process.env.TMPDIR, 'watch-'));
const file = path.join(root, 'file');
fs.writeFileSync(file, '');
const watcher = fs.watch(root, (type, name) => {
  if (type !== 'change') return;
  console.log(`${type} ${name}`);
  watcher.close();
});
fs.appendFileSync(file, 'more');
