// A hundred files written and read at the same time.
const fs = require('fs'), path = require('path'), os = require('os');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'many-'));
const names = Array.from({ length: 100 }, (_, i) => path.join(folder, `file ${i}`));
(async () => {
  await Promise.all(names.map((name, i) => fs.promises.writeFile(name, String(i))));
  const sum = (await Promise.all(names.map((name) => fs.promises.readFile(name, 'utf8')))).reduce((total, text) => total + Number(text), 0);
  console.log(sum, fs.readdirSync(folder).length);
  await fs.promises.rm(folder, { recursive: true });
  console.log(fs.existsSync(folder));
})();
