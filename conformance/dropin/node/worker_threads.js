// Worker threads: messages, transfer, shared memory, MessageChannel between workers, exit, terminate.
//
// expect:
//   echo: {"a":[1,2,3]}
//   transferred: 1048576 bytes, left here: 0
//   shared counter: 40000
//   across two workers: 500 messages in order
//   exit code: 3
//   error: boom
//   terminated: true
//   stdout of a worker: from the worker
//   all gone
const { Worker, MessageChannel, isMainThread, parentPort, workerData } = require('worker_threads');

const roles = {
  echo() { parentPort.once('message', (message) => parentPort.postMessage(message)); },
  count() {
    const cell = new Int32Array(workerData.memory);
    for (let index = 0; index < 10000; index++) Atomics.add(cell, 0, 1);
  },
  relay() {
    parentPort.once('message', ({ from, to }) => {
      from.on('message', (message) => { to.postMessage(message); if (message === 499) { from.close(); to.close(); } });
    });
  },
  exit() { process.exit(3); },
  fail() { throw new Error('boom'); },
  forever() { parentPort.postMessage('running'); for (;;); },
  print() { process.stdout.write('from the worker'); },
};

const start = (role, data = {}) => new Worker(__filename, { workerData: { role, ...data }, stdout: role === 'print' });
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

async function main() {
  const echo = start('echo');
  echo.postMessage({ a: [1, 2, 3] });
  console.log(`echo: ${JSON.stringify(await once(echo, 'message'))}`);
  const transferred = start('echo');
  const bytes = new ArrayBuffer(1 << 20);
  transferred.postMessage(bytes, [bytes]);
  console.log(`transferred: ${(await once(transferred, 'message')).byteLength} bytes, left here: ${bytes.byteLength}`);
  const memory = new SharedArrayBuffer(4);
  await Promise.all([1, 2, 3, 4].map(() => once(start('count', { memory }), 'exit')));
  console.log(`shared counter: ${new Int32Array(memory)[0]}`);
  const [first, second] = [start('relay'), start('relay')];
  const [a, b, c] = [new MessageChannel(), new MessageChannel(), new MessageChannel()];
  first.postMessage({ from: a.port2, to: b.port1 }, [a.port2, b.port1]);
  second.postMessage({ from: b.port2, to: c.port1 }, [b.port2, c.port1]);
  for (let index = 0; index < 500; index++) a.port1.postMessage(index);
  let right = 0;
  await new Promise((resolve) => c.port2.on('message', (message) => {
    if (message === right) right++;
    if (message === 499) { c.port2.close(); resolve(); }
  }));
  console.log(`across two workers: ${right} messages in order`);
  console.log(`exit code: ${await once(start('exit'), 'exit')}`);
  console.log(`error: ${(await once(start('fail'), 'error')).message}`);
  const forever = start('forever');
  await once(forever, 'message');
  console.log(`terminated: ${await forever.terminate() === 1}`);
  let text = '';
  const print = start('print');
  for await (const data of print.stdout) text += data;
  console.log(`stdout of a worker: ${text}`);
  process.on('exit', () => console.log('all gone'));
}

if (isMainThread) main();
else roles[workerData.role]();
