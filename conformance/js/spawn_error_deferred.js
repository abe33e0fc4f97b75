// A program that does not exist is no exception but an error event, queued as a tick by the call.
//
// expect:
//   called
//   error ENOENT
//   tick
const { spawn } = require('child_process');
const child = spawn('/does/not/exist');
child.on('error', (error) => console.log(`error ${error.code}`));
process.nextTick(() => console.log('tick'));
console.log('called');
