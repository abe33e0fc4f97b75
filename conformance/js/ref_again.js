// unref() and ref() again: the timer keeps the process alive.
//
// expect:
//   timer
//   exit
setTimeout(() => console.log('timer'), 5).unref().ref();
process.on('exit', () => console.log('exit'));
