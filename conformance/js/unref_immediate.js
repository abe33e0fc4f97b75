// An unreferenced immediate alone does not keep the loop alive.
//
// expect:
//   exit
setImmediate(() => console.log('never')).unref();
process.on('exit', () => console.log('exit'));
