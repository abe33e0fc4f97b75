// An HTTP server that leans on every part of an event loop at once: a two-worker cluster, timers,
// immediates, files, child processes, name look-ups and worker threads.
//
// Prints one JSON line when it listens, and one when SIGTERM has brought every process to its own
// end: no process calls process.exit(), so a handle that fails to close shows as a hang.
'use strict';

const childProcess = require('child_process');
const cluster = require('cluster');
const dns = require('dns');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');
const workerThreads = require('worker_threads');

const kWorkers = 2;
const kExercisePeriodMs = 200;

function say(event, details) {
  fs.writeSync(1, JSON.stringify({ event, ...details }) + '\n');
}

// ---- The features that run beside the HTTP traffic, each once per period ----------------------

const exercises = {
  async timers() {
    const start = process.hrtime.bigint();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6;
    if (elapsedMs < 9) throw new Error(`a 10 ms timer fired after ${elapsedMs} ms`);
  },

  async immediates() {
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
  },

  async files() {
    const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'violet-demo-'));
    try {
      const file = path.join(folder, 'data');
      const text = 'violet'.repeat(1000);
      await fs.promises.writeFile(file, text);
      const { size } = await fs.promises.stat(file);
      const back = await fs.promises.readFile(file, 'utf8');
      const names = await fs.promises.readdir(folder);
      if (size !== text.length || back !== text || names.join() !== 'data') {
        throw new Error('a file did not come back as it was written');
      }
    } finally {
      await fs.promises.rm(folder, { recursive: true });
    }
  },

  childProcesses() {
    return new Promise((resolve, reject) => {
      childProcess.exec('echo out; echo err >&2; exit 3', (error, stdout, stderr) => {
        const right = error && error.code === 3 && stdout === 'out\n' && stderr === 'err\n';
        if (right) resolve();
        else reject(new Error(`exec gave ${error && error.code}, ${stdout}, ${stderr}`));
      });
    });
  },

  async nameLookups() {
    const { address } = await dns.promises.lookup('localhost');
    if (address !== '127.0.0.1' && address !== '::1') throw new Error(`localhost is ${address}`);
  },

  workerThreads() {
    return new Promise((resolve, reject) => {
      const program = `
        const { parentPort } = require('worker_threads');
        parentPort.once('message', (n) => setTimeout(() => parentPort.postMessage(n + 1), 1));`;
      const worker = new workerThreads.Worker(program, { eval: true });
      let answer;
      worker.once('message', (message) => { answer = message; });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0 && answer === 42) resolve();
        else reject(new Error(`a worker thread ended with ${code} and answered ${answer}`));
      });
      worker.postMessage(41);
    });
  },
};

// Runs all exercises side by side, again and again until told to stop.
class Exerciser {
  constructor() {
    this.runs = Object.fromEntries(Object.keys(exercises).map((name) => [name, 0]));
    this.errors = [];
    this.stopped = false;
    this.finished = this.run();
  }

  async run() {
    while (!this.stopped) {
      await Promise.all(Object.entries(exercises).map(([name, exercise]) => this.once(name, exercise)));
      await new Promise((resolve) => {
        this.wake = resolve;
        this.timer = setTimeout(resolve, kExercisePeriodMs);
      });
    }
  }

  async once(name, exercise) {
    try {
      await exercise();
      this.runs[name]++;
    } catch (error) {
      this.errors.push(`${name}: ${error.message}`);
    }
  }

  async stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.wake) this.wake();
    await this.finished;
  }
}

// ---- The processes ------------------------------------------------------------------------------

function runWorker() {
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests++;
    setImmediate(() => {
      response.setHeader('Content-Type', 'text/plain');
      response.end('Hello from Violet\n');
    });
  });
  const exerciser = new Exerciser();
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

  process.once('message', async () => {
    server.close();
    server.closeAllConnections();
    await exerciser.stop();
    process.send({ report: { requests, runs: exerciser.runs, errors: exerciser.errors } }, () => {
      process.disconnect();
    });
  });
}

function runPrimary() {
  const reports = {};
  const exits = {};
  let listening = 0;
  for (let i = 0; i < kWorkers; i++) {
    const worker = cluster.fork();
    worker.on('message', ({ port, report }) => {
      if (report) reports[worker.process.pid] = report;
      if (port && ++listening === kWorkers) {
        const workers = Object.values(cluster.workers).map((each) => each.process.pid);
        say('ready', { port, pids: [process.pid, ...workers] });
      }
    });
    worker.on('exit', (code, signal) => {
      exits[worker.process.pid] = signal || code;
      if (Object.keys(exits).length === kWorkers) say('finished', { exits, reports });
    });
  }
  process.once('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.send('stop');
  });
}

if (cluster.isPrimary) runPrimary();
else runWorker();
