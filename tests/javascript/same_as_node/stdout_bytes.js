const fs = require('fs'),
  path = require('path'),
  os = require('os');
const { execFileSync } = require('child_process');
const file = path.join(os.tmpdir(), `bytes-${process.pid}`);
const out = fs.openSync(file, 'w');
execFileSync(
  process.execPath,
  [
    '-e',
    "process.stdout.write(Buffer.from('é\\n')); process.stdout.write('é\\n'); process.stdout.write('e9', 'hex')",
  ],
  { stdio: ['ignore', out, 'inherit'] }
);
console.log(fs.readFileSync(file));
fs.unlinkSync(file);
