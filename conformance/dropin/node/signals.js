// Signals: handlers for SIGTERM, SIGUSR2 and SIGHUP, several handlers, removal, the default action,
// a hundred in a row, and those of children.
//
// expect:
//   SIGUSR2 is 12: true, both handlers: 2
//   SIGHUP caught
//   100 in a row: 100 caught
//   default action: SIGTERM
//   handler in the child: 42
//   SIGKILL cannot be handled: EINVAL
//   SIGTERM: leaving
const { spawn } = require('child_process');
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...all) => resolve(all)));
const start = (code) => spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
const alive = setInterval(() => {}, 1000);
(async () => {
  let calls = 0;
  let number;
  const handler = (_, given) => { calls++; number = given; };
  process.on('SIGUSR2', handler);
  const second = new Promise((resolve) => process.on('SIGUSR2', () => { calls++; resolve(); }));
  process.kill(process.pid, 'SIGUSR2');
  await second;
  console.log(`SIGUSR2 is 12: ${number === 12}, both handlers: ${calls}`);
  process.removeAllListeners('SIGUSR2');
  const hangUp = once(process, 'SIGHUP');
  process.kill(process.pid, 'SIGHUP');
  await hangUp;
  console.log('SIGHUP caught');
  let caught = 0;
  for (let index = 0; index < 100; index++) {
    const seen = once(process, 'SIGUSR2');
    process.kill(process.pid, 'SIGUSR2');
    await seen;
    caught++;
  }
  console.log(`100 in a row: ${caught} caught`);
  const plain = start('console.log(1); setInterval(() => {}, 1000)');
  await once(plain.stdout, 'data');
  plain.kill('SIGTERM');
  console.log(`default action: ${(await once(plain, 'exit'))[1]}`);
  const careful = start('process.on("SIGTERM", () => process.exit(42)); console.log(1); setInterval(() => {}, 1000)');
  await once(careful.stdout, 'data');
  careful.kill('SIGTERM');
  console.log(`handler in the child: ${(await once(careful, 'exit'))[0]}`);
  try { process.on('SIGKILL', () => {}); } catch (error) { console.log(`SIGKILL cannot be handled: ${error.code}`); }
  process.once('SIGTERM', () => { console.log('SIGTERM: leaving'); clearInterval(alive); });
  process.kill(process.pid, 'SIGTERM');
})();
