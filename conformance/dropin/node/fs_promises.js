// fs.promises and callbacks: files, folders, links, times, modes, and the errors of what is not there.
//
// expect:
//   written and read: violet loop
//   stat: file 11 bytes mode 640
//   utimes: 1000000000 1234567890
//   lutimes of the link only: 1111111111 1234567890
//   copied: violet loop
//   copy excl: EEXIST
//   renamed: true true
//   link count: 2
//   readlink: target
//   realpath is resolved: true
//   truncated: viole
//   access: true EACCES or ok
//   mkdir recursive: true
//   readdir: d:folder f:a f:b l:link
//   opendir: 500 entries
//   cp recursive: true
//   rm recursive: true
//   mkdtemp: true
//   statfs-like open of a folder: EISDIR
//   missing: ENOENT ENOENT ENOENT ENOENT ENOENT
//   not a folder: ENOTDIR
//   not empty: ENOTEMPTY
//   exists: EEXIST
//   readv writev: onetwothree
//   bigint nanoseconds: true
//   done
const fs = require('fs');
const { promises } = fs;
const path = require('path');
const root = fs.mkdtempSync(path.join(process.env.TMPDIR, 'fs-'));
const at = (...names) => path.join(root, ...names);
const code = (promise) => promise.then(() => 'no error', (error) => error.code);
(async () => {
  await promises.writeFile(at('file'), 'violet');
  await promises.appendFile(at('file'), ' loop', { mode: 0o644 });
  console.log(`written and read: ${await promises.readFile(at('file'), 'utf8')}`);
  await promises.chmod(at('file'), 0o640);
  let stat = await promises.stat(at('file'));
  console.log(`stat: ${stat.isFile() ? 'file' : '?'} ${stat.size} bytes mode ${(stat.mode & 0o777).toString(8)}`);
  await promises.utimes(at('file'), 1000000000, 1234567890);
  stat = await promises.stat(at('file'));
  console.log(`utimes: ${stat.atimeMs / 1000} ${stat.mtimeMs / 1000}`);
  await promises.symlink(at('file'), at('link'));
  await promises.lutimes(at('link'), 1111111111, 1111111111);
  console.log(`lutimes of the link only: ${(await promises.lstat(at('link'))).mtimeMs / 1000} ` +
      `${(await promises.stat(at('link'))).mtimeMs / 1000}`);
  await promises.copyFile(at('file'), at('copy'));
  console.log(`copied: ${await promises.readFile(at('copy'), 'utf8')}`);
  console.log(`copy excl: ${await code(promises.copyFile(at('file'), at('copy'), fs.constants.COPYFILE_EXCL))}`);
  await promises.rename(at('copy'), at('renamed'));
  console.log(`renamed: ${!fs.existsSync(at('copy'))} ${fs.existsSync(at('renamed'))}`);
  await promises.link(at('file'), at('hard'));
  console.log(`link count: ${(await promises.stat(at('file'))).nlink}`);
  await promises.symlink('target', at('dangling'));
  console.log(`readlink: ${await promises.readlink(at('dangling'))}`);
  console.log(`realpath is resolved: ${await promises.realpath(at('link')) === fs.realpathSync(at('file'))}`);
  await promises.truncate(at('renamed'), 5);
  console.log(`truncated: ${await promises.readFile(at('renamed'), 'utf8')}`);
  await promises.access(at('file'), fs.constants.R_OK);
  console.log(`access: true ${/EACCES|no error/.test(await code(promises.access(at('file'), fs.constants.X_OK))) && 'EACCES or ok'}`);
  await promises.mkdir(at('deep', 'er', 'est'), { recursive: true });
  console.log(`mkdir recursive: ${fs.statSync(at('deep', 'er', 'est')).isDirectory()}`);
  await promises.mkdir(at('listed', 'folder'), { recursive: true });
  await promises.writeFile(at('listed', 'b'), '');
  await promises.writeFile(at('listed', 'a'), '');
  await promises.symlink('a', at('listed', 'link'));
  const entries = await promises.readdir(at('listed'), { withFileTypes: true });
  console.log(`readdir: ${entries.map((entry) => `${entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : 'f'}:${entry.name}`).sort().join(' ')}`);
  await promises.mkdir(at('many'));
  await Promise.all(Array.from({ length: 500 }, (_, index) => promises.writeFile(at('many', `${index}`), '')));
  const names = new Set();
  for await (const entry of await promises.opendir(at('many'), { bufferSize: 7 })) names.add(entry.name);
  console.log(`opendir: ${names.size} entries`);
  await promises.cp(at('listed'), at('copied'), { recursive: true });
  console.log(`cp recursive: ${fs.readdirSync(at('copied')).length === 4}`);
  await promises.rm(at('many'), { recursive: true });
  console.log(`rm recursive: ${!fs.existsSync(at('many'))}`);
  console.log(`mkdtemp: ${/temp-.{6}$/.test(await promises.mkdtemp(at('temp-')))}`);
  console.log(`statfs-like open of a folder: ${await code(promises.readFile(root))}`);
  const missing = [promises.open(at('no')), promises.unlink(at('no')), promises.rmdir(at('no')),
                   promises.readdir(at('no')), promises.rename(at('no'), at('nor'))];
  console.log(`missing: ${(await Promise.all(missing.map(code))).join(' ')}`);
  console.log(`not a folder: ${await code(promises.readdir(at('file')))}`);
  console.log(`not empty: ${await code(promises.rmdir(at('deep')))}`);
  console.log(`exists: ${await code(promises.mkdir(at('deep')))}`);
  const handle = await promises.open(at('vector'), 'w+');
  await handle.writev([Buffer.from('one'), Buffer.from('two'), Buffer.from('three')]);
  const buffers = [Buffer.alloc(3), Buffer.alloc(3), Buffer.alloc(5)];
  await handle.readv(buffers, 0);
  await handle.datasync();
  await handle.sync();
  await handle.close();
  console.log(`readv writev: ${Buffer.concat(buffers)}`);
  const big = await promises.stat(at('vector'), { bigint: true });
  console.log(`bigint nanoseconds: ${big.mtimeNs > 10n ** 18n && big.birthtimeNs > 0n}`);
  await promises.rm(root, { recursive: true });
  console.log('done');
})();
