// An unreferenced timer does not keep the process alive; a referenced one does.
//
// expect:
//   referenced
//   exit
setTimeout(() => console.log('never'), 60000).unref();
setTimeout(() => console.log('referenced'), 5);
process.on('exit', () => console.log('exit'));
