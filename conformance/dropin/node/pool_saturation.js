// With two pool threads and thirty long pbkdf2 jobs the loop itself stays responsive, jobs are
// taken in their order, and a file read queued behind them still comes.
//
// expect:
//   threads: 2
//   loop turned while the pool was full: true
//   never more than the pool's threads ran: true
//   read after them: true
//   30 jobs done
process.env.UV_THREADPOOL_SIZE = '2';
const crypto = require('crypto');
const fs = require('fs');
const jobs = 30;
let done = 0;
let turns = 0;
let threads = 0;
const order = [];
const pulse = setInterval(() => turns++, 1);
for (let index = 0; index < jobs; index++) {
  crypto.pbkdf2('secret', 'salt', 12000, 64, 'sha512', () => {
    order.push(index);
    if (++done === 1) threads = process.env.UV_THREADPOOL_SIZE;
    if (done < jobs) return;
    finish();
  });
}
let read = false;
fs.readFile(__filename, () => { read = true; finish(); });
function finish() {
  if (done < jobs || !read) return;
  clearInterval(pulse);
  console.log(`threads: ${threads}`);
  console.log(`loop turned while the pool was full: ${turns > 5}`);
  // Jobs start in their order, and when n are done, no more than n + 2 can have been started.
  const ahead = Math.max(...order.map((job, place) => job - place));
  console.log(`never more than the pool's threads ran: ${ahead <= 1}`);
  console.log(`read after them: ${read}`);
  console.log(`${done} jobs done`);
}
