// A chain of file operations runs link by link, with each link's ticks and microtasks after it.
//
// expect:
//   open
//   open's tick
//   write
//   write's tick
//   read violet
//   read's tick
//   close
//   close's tick
const fs = require('fs');
const path = require('path');
const file = path.join(fs.mkdtempSync(path.join(require('os').tmpdir(), 'js-')), 'file');
const report = (name, more = '') => {
  console.log(name + more);
  process.nextTick(() => console.log(`${name}'s tick`));
};
fs.open(file, 'w+', (error, fd) => {
  report('open');
  fs.write(fd, 'violet', 0, () => {
    report('write');
    fs.read(fd, Buffer.alloc(6), 0, 6, 0, (_, count, buffer) => {
      report('read', ` ${buffer}`);
      fs.close(fd, () => report('close'));
    });
  });
});
