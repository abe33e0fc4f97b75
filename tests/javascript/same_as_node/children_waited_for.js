// spawnSync(), execSync() and execFileSync(): what comes back, and what fails how.
const { spawnSync, execSync, execFileSync } = require('child_process');

const result = spawnSync('sh', ['-c', 'cat; echo complaint >&2; exit 3'], { input: 'input' });
console.log(Object.keys(result), result.status, result.signal, result.output.map(String), result.pid > 0);
console.log(execSync('echo hi').toString(), execFileSync('echo', ['a', 'b'], { encoding: 'utf8' }));
try {
  execSync('echo bad >&2; exit 2', { stdio: 'pipe' });
} catch (error) {
  console.log(error.status, error.message, String(error.stderr), Object.keys(error));
}
const absent = spawnSync('no-such-program', ['x']);
console.log(absent.error.code, absent.error.errno, absent.error.syscall, absent.error.path, absent.error.spawnargs,
            absent.error.message, absent.status, absent.pid, absent.stdout, absent.output);
try { execFileSync('no-such-program'); } catch ({ code, message }) { console.log(code, message); }
const slow = spawnSync('sleep', ['60'], { timeout: 50 });
console.log(slow.error.code, slow.error.message, slow.signal, slow.status);
const much = spawnSync('sh', ['-c', 'yes | head -c 100000'], { maxBuffer: 1000 });
console.log(much.error.code, much.stdout.length >= 1000);
console.log(spawnSync('sh', ['-c', 'kill -9 $$']).signal);
console.log(spawnSync('sh', ['-c', 'echo $X; pwd'], { env: { X: 'variable' }, cwd: '/tmp', encoding: 'utf8' }).stdout);
console.log(spawnSync('echo $X', { env: { X: 'shell' }, encoding: 'utf8', shell: true }).stdout);
console.log(spawnSync('cat', { input: Buffer.alloc(1000000, 'x'), maxBuffer: Infinity }).stdout.length);
spawnSync('echo', ['inherited'], { stdio: 'inherit' });
console.log(spawnSync('cat', { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).output);
