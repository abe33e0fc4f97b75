// --unhandled-rejections says what becomes of a rejection that nobody handles.
//
// expect:
//   throw 1 exit 1
//   strict 1 exit 1
//   warn 0 goes on, exit 0
//   none 0 goes on, exit 0
//   warn-with-error-code 1 goes on, exit 1
const { spawnSync } = require('child_process');
const code = `
  process.on('exit', (code) => console.log('exit', code));
  Promise.reject(new Error('lost'));
  setTimeout(() => console.log('goes on'), 1);`;
for (const mode of ['throw', 'strict', 'warn', 'none', 'warn-with-error-code']) {
  const { stdout, status } = spawnSync(process.execPath, [`--unhandled-rejections=${mode}`, '-e', code], { encoding: 'utf8' });
  console.log(mode, status, stdout.trim().split('\n').join(', '));
}
