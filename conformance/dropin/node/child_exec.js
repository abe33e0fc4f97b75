// exec, execFile and spawnSync: output, exit codes, signals, environment, folder, time-outs, limits.
//
// expect:
//   exec: out err
//   exit code: 7
//   killed by: SIGTERM true
//   environment: violet
//   folder: /
//   maxBuffer: ERR_CHILD_PROCESS_STDIO_MAXBUFFER
//   sync: from stdin 0
//   sync exit: 5
//   sync missing: ENOENT
//   sync timeout: ETIMEDOUT SIGKILL
//   50 at once: 1275
const { exec, execFile, execFileSync, spawnSync } = require('child_process');
const { promisify } = require('util');
const run = promisify(exec);
const runFile = promisify(execFile);
(async () => {
  const both = await run('echo out; echo err >&2');
  console.log(`exec: ${both.stdout.trim()} ${both.stderr.trim()}`);
  await run('exit 7').catch((error) => console.log(`exit code: ${error.code}`));
  await runFile('sleep', ['60'], { timeout: 30 })
      .catch((error) => console.log(`killed by: ${error.signal} ${error.killed}`));
  const env = { ...process.env, COLOUR: 'violet' };
  console.log(`environment: ${(await run('echo $COLOUR', { env })).stdout.trim()}`);
  console.log(`folder: ${(await runFile('pwd', { cwd: '/' })).stdout.trim()}`);
  await run('yes', { maxBuffer: 1000 }).catch((error) => console.log(`maxBuffer: ${error.code}`));
  const sync = spawnSync('cat', { input: 'from stdin' });
  console.log(`sync: ${sync.stdout} ${sync.status}`);
  try { execFileSync('sh', ['-c', 'exit 5']); } catch (error) { console.log(`sync exit: ${error.status}`); }
  console.log(`sync missing: ${spawnSync('/does/not/exist').error.code}`);
  const late = spawnSync('sleep', ['60'], { timeout: 30, killSignal: 'SIGKILL' });
  console.log(`sync timeout: ${late.error.code} ${late.signal}`);
  const sums = await Promise.all(Array.from({ length: 50 }, (_, index) => run(`echo ${index + 1}`)));
  console.log(`50 at once: ${sums.reduce((sum, { stdout }) => sum + Number(stdout), 0)}`);
})();
