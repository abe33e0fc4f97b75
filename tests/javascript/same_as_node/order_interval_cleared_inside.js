// An interval that clears itself, and another with it.
let count = 0;
const endless = setInterval(() => {}, 1);
const interval = setInterval(() => {
  console.log('interval', ++count);
  if (count < 3) return;
  clearInterval(interval);
  clearInterval(endless);
  process.nextTick(() => console.log('tick behind the last one'));
}, 1);
process.on('exit', () => console.log('nothing is left', count));
