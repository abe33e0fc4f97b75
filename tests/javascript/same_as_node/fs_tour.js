const fs = require('fs'),
  fsp = require('fs/promises'),
  path = require('path'),
  os = require('os');
const { once } = require('events');
(async () => {
  const dir = await fsp.mkdtemp(path.join(os.tmpdir(), 'tour-'));
  const f = path.join(dir, 'a.txt');
  const rel = (p) => String(p).replace(dir, 'DIR');
  await fsp.writeFile(f, 'hello');
  await fsp.appendFile(f, ' world');
  console.log(await fsp.readFile(f, 'utf8'), (await fsp.stat(f)).size, (await fsp.stat(f)).isFile());
  const h = await fsp.open(f, 'r+');
  const { bytesRead, buffer } = await h.read(Buffer.alloc(5), 0, 5, 0);
  console.log(bytesRead, String(buffer));
  await h.write('HELLO', 0);
  await h.truncate(8);
  console.log((await h.readFile()).toString());
  for await (const line of h.readLines({ start: 0 })) console.log('line', line);
  await fsp.rename(f, f + '2');
  await fsp.copyFile(f + '2', f);
  await fsp.access(f);
  await fsp.access(dir + '/none').catch((e) => console.log(e.code, rel(e.message)));
  await fsp.mkdir(path.join(dir, 'x/y/z'), { recursive: true });
  await fsp.writeFile(path.join(dir, 'x/y/deep.txt'), '');
  console.log(
    (await fsp.readdir(dir)).sort(),
    (await fsp.readdir(dir, { withFileTypes: true })).map((d) => [d.name, d.isDirectory()]).sort()
  );
  for await (const d of await fsp.opendir(path.join(dir, 'x'))) console.log('opendir', d.name);
  await fsp.symlink('a.txt', path.join(dir, 'link'));
  console.log(
    await fsp.readlink(path.join(dir, 'link')),
    rel(await fsp.realpath(path.join(dir, 'link'))),
    (await fsp.lstat(path.join(dir, 'link'))).isSymbolicLink()
  );
  await fsp.utimes(f, 1, 2);
  console.log((await fsp.stat(f)).mtimeMs, (await fsp.stat(f, { bigint: true })).mtimeNs);
  await fsp.chmod(f, 0o600);
  console.log(((await fsp.stat(f)).mode & 0o777).toString(8));
  try {
    fs.readFileSync(dir);
  } catch (e) {
    console.log(e.code, e.syscall, rel(e.message));
  }
  try {
    fs.rmdirSync(dir);
  } catch (e) {
    console.log(e.code);
  }
  fs.mkdir(dir, (e) => console.log(e.code, e.syscall));
  try {
    fs.openSync('/nope/x', 'w');
  } catch (e) {
    console.log(e.errno, e.code, e.path);
  }
  const ws = fs.createWriteStream(path.join(dir, 's'));
  ws.on('open', (fd) => console.log('open', typeof fd))
    .on('ready', () => console.log('ready'))
    .on('finish', () => console.log('finish', ws.bytesWritten))
    .on('close', () => console.log('close'));
  ws.write('abc');
  ws.end('def');
  await once(ws, 'close');
  const rs = fs.createReadStream(path.join(dir, 's'), { highWaterMark: 2, start: 1, end: 4 });
  for await (const c of rs) console.log('chunk', String(c), rs.bytesRead);
  fs.createReadStream(dir + '/none').on('error', (e) => console.log('stream', e.code));
  const w = fs.watch(dir, (ev, name) => {
    console.log('watch', ev, name);
    w.close();
  });
  w.on('close', () => console.log('watch close'));
  setTimeout(() => fs.writeFileSync(path.join(dir, 'watched'), '1'), 20);
  await once(w, 'close');
  await fsp.cp(path.join(dir, 'x'), path.join(dir, 'copy'), { recursive: true });
  console.log(await fsp.readdir(path.join(dir, 'copy/y')));
  await h.close();
  await fsp.rm(dir, { recursive: true });
  console.log(fs.existsSync(dir));
  await fsp.rm(dir).catch((e) => console.log(e.code));
  await fsp.rm(dir, { force: true });
  const fd = fs.openSync(__filename);
  const b = Buffer.alloc(5);
  fs.read(fd, b, 0, 5, 0, (e, n, bb) => {
    console.log(n, String(bb));
    fs.closeSync(fd);
    try {
      fs.closeSync(fd);
    } catch (er) {
      console.log(er.code);
    }
  });
  console.log(fs.constants.O_RDONLY, typeof fs.statfsSync, fs.accessSync(__filename));
  console.log(fs.writevSync ? 'writev' : '', fs.readdirSync('/proc/self/fd').length > 3);
})();
