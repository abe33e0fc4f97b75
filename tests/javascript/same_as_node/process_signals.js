// Signals as events, and what happens without a listener.
const { spawn } = require('child_process');
let count = 0;
process.on('SIGUSR2', (name, number) => { console.log(name, number, ++count); if (count === 2) { process.removeAllListeners('SIGUSR2'); clearInterval(stay); child(); } else process.kill(process.pid, 'SIGUSR2'); });
const stay = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGUSR2');
console.log('sent', process.kill(process.pid, 0));
function child() {
  const graceful = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => { console.log("leaving"); process.exit(0); }); setInterval(() => {}, 1000); console.log("up")']);
  graceful.stdout.on('data', (data) => { console.log(String(data).trim()); if (String(data).includes('up')) graceful.kill(); });
  graceful.on('close', (code, signal) => console.log(code, signal));
}
