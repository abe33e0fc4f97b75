// A rejection without a handler is told, then that it has one after all.
//
// expect:
//   caught in time: soon
//   unhandled: late
//   caught: late
//   handled after all
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled:', reason.message);
  setImmediate(() => promise.catch((error) => console.log('caught:', error.message)));
});
process.on('rejectionHandled', () => console.log('handled after all'));
Promise.reject(new Error('late'));
const soon = Promise.reject(new Error('soon'));
process.nextTick(() => soon.catch((error) => console.log('caught in time:', error.message)));
