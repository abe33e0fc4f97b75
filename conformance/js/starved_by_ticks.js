// The loop does not go on while ticks queue ticks: no timer runs in between, however long due.
//
// expect:
//   1000 ticks, timer ran: false
//   timer
let ran = false;
let count = 0;
setTimeout(() => { ran = true; console.log('timer'); }, 1);
const until = Date.now() + 5;
(function tick() {
  if (++count < 1000 || Date.now() < until) process.nextTick(tick);
  else console.log(`1000 ticks, timer ran: ${ran}`);
})();
