// A worker that takes too much memory ends alone.
const { Worker } = require('worker_threads');
const worker = new Worker('const all = []; for (;;) all.push(new Array(1000).fill(1.5));', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 12 } });
worker.on('error', (error) => console.log(error.code));
worker.on('exit', (code) => console.log('exit', code));
