// Ports of one thread that have a message each are served in the order in which they were made,
// whoever was sent to first.
//
// expect:
//   broadcast 0 1 2 3 4 5 6 7
//   channels 0 1 2 3 4 5 6 7
//   from a worker 0 1 2 3 4 5 6 7
const { BroadcastChannel, MessageChannel, Worker } = require('worker_threads');
const COUNT = 8;

// Calls `then` when each of the ports has had a message.
function report(name, ports, then) {
  const seen = [];
  ports.forEach((port, index) => {
    const onMessage = () => {
      seen.push(index);
      if (seen.length < COUNT) return;
      console.log(`${name} ${seen.join(' ')}`);
      then();
    };
    port.onmessage = onMessage;
  });
}

// One message for all: in which order they are told is the channel's own business.
function broadcast(then) {
  const receivers = Array.from({ length: COUNT }, () => new BroadcastChannel('all'));
  const sender = new BroadcastChannel('all');
  report('broadcast', receivers, () => {
    [...receivers, sender].forEach((channel) => channel.close());
    then();
  });
  sender.postMessage('hello');
}

function makeChannels() {
  return Array.from({ length: COUNT }, () => new MessageChannel());
}

// A timer's callback comes when every port is started.
function channels(then) {
  const pairs = makeChannels();
  report('channels', pairs.map((pair) => pair.port2), () => {
    pairs.forEach((pair) => pair.port1.close());
    then();
  });
  setTimeout(() => pairs.slice().reverse().forEach((pair) => pair.port1.postMessage('hello')), 1);
}

// The worker sends in the opposite order while this thread does not look.
function fromWorker() {
  const pairs = makeChannels();
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
      'const { workerData: { ports, sent } } = require("worker_threads");' +
      'for (const port of ports.reverse()) { port.postMessage("hello"); port.close(); }' +
      'Atomics.store(sent, 0, 1); Atomics.notify(sent, 0);', {
        eval: true,
        workerData: { ports: pairs.map((pair) => pair.port1), sent },
        transferList: pairs.map((pair) => pair.port1),
      });
  report('from a worker', pairs.map((pair) => pair.port2), () => worker.terminate());
  Atomics.wait(sent, 0, 0);
}

broadcast(() => channels(fromWorker));
