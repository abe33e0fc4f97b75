// An interval goes on at its pace and is not moved by timers of other durations.
//
// expect:
//   interval 1
//   interval 2
//   interval 3
//   after the third
let count = 0;
const interval = setInterval(() => {
  console.log(`interval ${++count}`);
  if (count === 3) {
    clearInterval(interval);
    setTimeout(() => console.log('after the third'), 1);
  }
}, 10);
setTimeout(() => {}, 3);
setTimeout(() => {}, 17);
