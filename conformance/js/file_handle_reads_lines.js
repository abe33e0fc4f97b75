// A FileHandle is written, read by position and by lines, and closes itself behind the last line.
//
// expect:
//   6 second
//   EBADF
//   line first
//   line second
const fs = require('fs');
const path = require('path');
const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'js-'));
(async () => {
  const handle = await fs.promises.open(path.join(folder, 'file'), 'w+');
  await handle.write('first\nsecond\nthird');
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(6), 0, 6, 6);
  console.log(bytesRead, String(buffer));
  await handle.truncate(12);
  await handle.close();
  await handle.stat().catch((error) => console.log(error.code));
  const lines = await fs.promises.open(path.join(folder, 'file'));
  for await (const line of lines.readLines()) console.log('line', line);
  setImmediate(() => fs.rmSync(folder, { recursive: true }));
})();
