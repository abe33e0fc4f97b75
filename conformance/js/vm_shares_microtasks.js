// Promises of a realm of vm's wait in the same queue as the program's own.
//
// expect:
//   sync
//   tick
//   ours, first
//   the realm's
//   the realm's await
//   ours, last
//   immediate from the realm
const vm = require('vm');
const realm = vm.createContext({ log: console.log, setImmediate });
Promise.resolve().then(() => console.log('ours, first'));
vm.runInContext(`
  Promise.resolve().then(() => log('the realm\\'s'));
  (async () => { await null; log('the realm\\'s await'); })();
  setImmediate(() => log('immediate from the realm'));
`, realm);
Promise.resolve().then(() => console.log('ours, last'));
process.nextTick(() => console.log('tick'));
console.log('sync');
