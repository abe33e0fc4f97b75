// Messages between parent and child: order, kinds of values, the end.
const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (message) => { if (message === 'end') process.disconnect(); else process.send({ echo: message }); });
  process.on('disconnect', () => { process.exitCode = process.connected ? 1 : 8; });
  process.send(['ready', process.argv.slice(2), process.connected, typeof process.channel]);
} else {
  const child = fork(__filename, ['child', 'x y']);
  const values = [1, 'text', null, true, [1, [2]], { a: { b: undefined } }, new Date(0), NaN];
  child.on('message', (message) => { console.log(JSON.stringify(message)); if (message.echo === undefined && message[0] === 'ready') for (const value of values) child.send(value); else if (--values.length === 0) child.send('end'); });
  child.on('disconnect', () => console.log('disconnect', child.connected));
  child.on('exit', (code, signal) => console.log('exit', code, signal));
  try { child.send(undefined); } catch (error) { console.log(error.code); }
  try { child.send(() => {}); } catch (error) { console.log(error.code); }
}
