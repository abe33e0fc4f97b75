// Standard input and output of workers: they travel as messages, so that what a worker prints comes in
// the order of what it posts.
'use strict';

const { Readable, Writable } = require('stream');

// The parent's side: `worker.stdout`, `worker.stderr`, and `worker.stdin` where it was asked for.
function openWorkerStreams(worker, options, tell) {
  for (const name of ['stdout', 'stderr']) worker[name] = new Readable({ read() {} });
  Object.defineProperty(worker, 'isCaptured', { value: { stdout: options.stdout === true, stderr: options.stderr === true } });
  worker.stdin = options.stdin !== true ? null : new Writable({
    decodeStrings: true,
    write(chunk, encoding, callback) { tell('input', chunk); callback(); },
    final(callback) { tell('input', null); callback(); },
  });
}

function sendOutput(worker, [name, text]) {
  worker[name].push(text);
  if (worker.isCaptured[name]) return;
  process[name].write(text);
}

// The worker's side: its process is its own.
function adoptWorker({ argv, env, execArgv, hasInput, parentPort }) {
  const { process } = require('process');
  for (const name of ['stdout', 'stderr']) {
    const stream = new Writable({ decodeStrings: false,
      write(chunk, encoding, callback) {
        parentPort.tell('output', [name, typeof chunk === 'string' ? chunk : String(chunk)]);
        callback();
      } });
    stream.fd = name === 'stdout' ? 1 : 2;
    Object.defineProperty(process, name, { value: stream, enumerable: true });
  }
  const input = new Readable({ read() { if (hasInput) parentPort.start(); } });
  input.fd = 0;
  if (!hasInput) input.push(null);
  // Once the input is over, it no longer keeps the worker alive.
  parentPort.oninput = (chunk) => {
    input.push(chunk === null ? null : Buffer.from(chunk));
    if (chunk === null && parentPort.listenerCount('message') === 0) parentPort.unref();
  };
  Object.defineProperty(process, 'stdin', { value: input, enumerable: true });
  process.workerArguments = argv;
  Object.defineProperty(process, 'workerArguments', { enumerable: false });
  process.execArgv = execArgv;
  if (env !== null) process.env = ownVariables(env);
  for (const name of ['chdir', 'abort', 'setuid', 'setgid']) {
    process[name] = () => {
      throw require('internal_errors').withCode(TypeError, 'ERR_WORKER_UNSUPPORTED_OPERATION', `process.${name}() is not supported in workers`);
    };
  }
}

// Like the process's variables, every value is a text.
const ownVariables = (variables) => new Proxy({ ...variables }, {
  set(target, key, value) { target[key] = String(value); return true; },
  defineProperty(target, key, descriptor) {
    return Reflect.defineProperty(target, key, { ...descriptor, value: String(descriptor.value) });
  },
});

module.exports = { openWorkerStreams, sendOutput, adoptWorker };
