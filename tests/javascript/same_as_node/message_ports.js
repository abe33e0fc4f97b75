// Ports in messages: to a worker and back, in clones, and what may not be sent.
const { Worker, MessageChannel, MessagePort, receiveMessageOnPort } = require('worker_threads');

function refuse(run) {
  try { run(); } catch ({ code, name, message }) { console.log(code, name, message); }
}

const { port1, port2 } = new MessageChannel();
refuse(() => port1.postMessage({ port: new MessageChannel().port1 }));
refuse(() => port1.postMessage(1, [port1]));
refuse(() => port1.postMessage(() => {}));

const pair = new MessageChannel();
pair.port1.postMessage({ a: 1 });
pair.port1.postMessage(undefined);
console.log(receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2));
const bytes = new ArrayBuffer(8);
pair.port1.postMessage(bytes, [bytes]);
console.log(bytes.byteLength, receiveMessageOnPort(pair.port2).message.byteLength);
pair.port1.close();

const moved = new MessageChannel();
const clone = structuredClone({ port: moved.port1, same: [moved.port1] }, { transfer: [moved.port1] });
console.log(clone.port instanceof MessagePort, clone.port === clone.same[0]);
refuse(() => port1.postMessage(moved.port1, [moved.port1]));
moved.port2.postMessage('through a clone');
clone.port.once('message', (message) => {
  console.log(message);
  clone.port.close();
});
moved.port2.on('close', useWorker);

function useWorker() {
  const worker = new Worker(`
    const { workerData: { port }, MessagePort } = require('worker_threads');
    console.log(port instanceof MessagePort);
    port.on('message', ({ reply }) => {
      reply.postMessage('over a port that came in a message');
      reply.close();
      port.close();
    });`, { eval: true, workerData: { port: port2 }, transferList: [port2] });
  const answer = new MessageChannel();
  answer.port1.on('message', (message) => console.log(message));
  port1.postMessage({ reply: answer.port2 }, [answer.port2]);
  let open = 2;
  for (const port of [port1, answer.port1]) port.on('close', () => { if (--open === 0) console.log('both are closed'); });
  worker.on('exit', (code) => console.log('exit', code));
}
