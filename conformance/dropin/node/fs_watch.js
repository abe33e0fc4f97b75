// fs.watch tells of creation and removal in a folder, and of a file's change; fs.watchFile of a change that it polls for.
//
// expect:
//   created: rename file
//   removed: rename file
//   file itself: change
//   closed
//   watchFile: it grew
//   missing: ENOENT
const fs = require('fs');
const path = require('path');
const root = fs.mkdtempSync(path.join(process.env.TMPDIR, 'watch-'));
const file = path.join(root, 'file');
const event = (watcher, wanted) => new Promise((resolve) => {
  watcher.on('change', function seen(type, name) {
    if (type !== wanted) return;
    watcher.off('change', seen);
    resolve(`${type} ${name}`);
  });
});
(async () => {
  const watcher = fs.watch(root);
  let seen = event(watcher, 'rename');
  fs.writeFileSync(file, '');
  console.log(`created: ${await seen}`);
  seen = event(watcher, 'rename');
  fs.unlinkSync(file);
  console.log(`removed: ${await seen}`);
  watcher.close();
  fs.writeFileSync(file, '');
  const single = fs.watch(file);
  seen = event(single, 'change');
  fs.appendFileSync(file, 'x');
  console.log(`file itself: ${(await seen).split(' ')[0]}`);
  await new Promise((resolve) => { single.on('close', resolve); single.close(); });
  console.log('closed');
  fs.writeFileSync(file, '');
  await new Promise((resolve) => {
    const growing = setInterval(() => fs.appendFileSync(file, 'x'), 30);
    fs.watchFile(file, { interval: 20 }, (now, before) => {
      if (now.size <= before.size) return;
      console.log('watchFile: it grew');
      clearInterval(growing);
      fs.unwatchFile(file);
      resolve();
    });
  });
  try { fs.watch(path.join(root, 'none')); } catch (error) { console.log(`missing: ${error.code}`); }
})();
