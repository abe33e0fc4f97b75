// Ports: two workers talk to each other; a closed side is told.
const { Worker, MessageChannel, receiveMessageOnPort } = require('worker_threads');
const code = 'const { workerData: { port, name } } = require("worker_threads"); port.on("message", (m) => { if (m.left === 0) return port.close(); port.postMessage({ left: m.left - 1, path: m.path + name }); if (m.left === 1) console.log(m.path + name); }); if (name === "a") port.postMessage({ left: 5, path: "a" });';
const { port1, port2 } = new MessageChannel();
let left = 2;
const ended = () => { if (--left === 0) console.log('both have ended'); };
new Worker(code, { eval: true, workerData: { port: port1, name: 'a' }, transferList: [port1] }).on('exit', ended);
new Worker(code, { eval: true, workerData: { port: port2, name: 'b' }, transferList: [port2] }).on('exit', ended);
const pair = new MessageChannel();
pair.port1.postMessage({ n: 1 }); pair.port1.postMessage('two');
console.log(receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2), receiveMessageOnPort(pair.port2));
pair.port2.on('close', () => console.log('other side closed'));
pair.port1.close();
