// How processes end that nobody saves: code and what is printed, by child processes.
const { spawnSync } = require('child_process');
for (const code of ['throw new Error("x")', 'Promise.reject(new Error("x"))', 'process.exit(3)', 'process.exitCode = 4', 'process.on("exit", () => { process.exitCode = 5 })',
                    'setTimeout(() => { throw 1 }, 1)', 'process.kill(process.pid, "SIGKILL")', 'process.abort', 'null.x', 'process.on("uncaughtException", () => {}); throw 1', 'process.on("exit", (c) => console.log("exit", c)); throw 1',
                    'process.on("exit", () => { throw 2 })', 'process.on("uncaughtException", () => { throw 3 }); throw 1', 'process.exit(); console.log("never")', 'new Promise(() => {})', 'process.emit("SIGTERM")']) {
  const { status, signal, stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  console.log(code, '=>', status, signal, stdout.trim());
}
