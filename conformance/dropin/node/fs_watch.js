// fs.watch tells of creation, change and removal; fs.watchFile of a change that it polls for.
//
// expect:
//   created: rename file
//   changed: change file
//   removed: rename file
//   file itself: change
//   closed
//   watchFile: 0 to 5 bytes
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
  seen = event(watcher, 'change');
  fs.appendFileSync(file, 'more');
  console.log(`changed: ${await seen}`);
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
    fs.watchFile(file, { interval: 20 }, (now, before) => {
      if (now.size !== 5) return;
      console.log(`watchFile: ${before.size} to ${now.size} bytes`);
      fs.unwatchFile(file);
      resolve();
    });
    setTimeout(() => fs.writeFileSync(file, 'later'), 60);  // The first poll must be over.
  });
  try { fs.watch(path.join(root, 'none')); } catch (error) { console.log(`missing: ${error.code}`); }
})();
