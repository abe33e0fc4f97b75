const src = {
  d: new Date(0),
  m: new Map([[1, { a: 1 }]]),
  s: new Set([1]),
  r: /x/gi,
  b: new Uint8Array([1, 2]),
  n: null,
  u: undefined,
  big: 10n,
  nested: { arr: [1, , 3] },
};
src.self = src;
const c = structuredClone(src);
console.log(c, c.self === c, c.d instanceof Date, c.m.get(1) !== src.m.get(1));
try {
  structuredClone(() => {});
} catch (e) {
  console.log(e.name, e.code, e.message);
}
try {
  structuredClone({ s: Symbol('x') });
} catch (e) {
  console.log(e.name, e.message);
}
const buf = new ArrayBuffer(8);
const moved = structuredClone(buf, { transfer: [buf] });
console.log(buf.byteLength, moved.byteLength);
class P {
  constructor() {
    this.x = 1;
  }
  get y() {
    return 2;
  }
}
console.log(structuredClone(new P()), structuredClone(Object.create({ inherited: 1 })));
const {
  MessageChannel,
  receiveMessageOnPort,
  BroadcastChannel,
  isMainThread,
  threadId,
  MessagePort,
} = require('worker_threads');
const { port1, port2 } = new MessageChannel();
port1.postMessage({ hello: [1] });
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2));
port2.on('message', (m) => {
  console.log('got', m);
  if (m === 'end') port2.close();
});
port2.on('close', () => console.log('close 2'));
port1.postMessage('x');
port1.postMessage('end');
const a = new BroadcastChannel('c'),
  b = new BroadcastChannel('c');
b.onmessage = (e) => {
  console.log('broadcast', e.data, e.type);
  a.close();
  b.close();
};
a.postMessage({ n: 1 });
console.log(isMainThread, threadId, port1 instanceof MessagePort, a.name);
