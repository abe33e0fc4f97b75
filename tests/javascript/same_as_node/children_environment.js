// What a child inherits and what it is given.
const { spawnSync } = require('child_process');
process.env.GIVEN = 'by parent';
const run = (options) => spawnSync('sh', ['-c', 'echo "$GIVEN|$OWN|$PWD"'], { encoding: 'utf8', ...options }).stdout.trim();
console.log(run({ cwd: '/' }), run({ cwd: '/', env: { OWN: 'own', PATH: process.env.PATH } }), run({ cwd: '/', env: { ...process.env, GIVEN: undefined } }));
const failed = spawnSync('sh', ['-c', 'exit 2']);
console.log(failed.status, failed.signal, failed.error, spawnSync('/none').error.code);
console.log(spawnSync('sleep', ['5'], { timeout: 30 }).error.code, spawnSync('cat', { input: 'through' }).stdout.toString());
