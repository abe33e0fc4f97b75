// A blocked loop, and how it shows: violet run examples/js/blocked_loop.js
//
// The same work three times: in one go, in pieces with setImmediate() between them, and on the thread
// pool. A timer of 5 ms measures how late the loop is meanwhile.
const { pbkdf2, pbkdf2Sync } = require('crypto');
const { monitorEventLoopDelay, performance } = require('perf_hooks');

const kRounds = 20;
const kIterations = 20000;

async function measure(name, work) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = performance.eventLoopUtilization();
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  const { utilization } = performance.eventLoopUtilization(before);
  console.log(`${name.padEnd(10)} at worst ${(delay.max / 1e6).toFixed(0).padStart(5)} ms between two timers, ` +
              `the loop was busy ${(utilization * 100).toFixed(0)} % of the time`);
}

const derive = () => pbkdf2Sync('password', 'salt', kIterations, 32, 'sha256');

(async () => {
  await measure('blocked', () => { for (let i = 0; i < kRounds; i++) derive(); });
  await measure('in pieces', async () => {
    for (let i = 0; i < kRounds; i++) {
      derive();
      await new Promise(setImmediate);
    }
  });
  await measure('pool', () => Promise.all(Array.from({ length: kRounds }, () =>
    new Promise((resolve) => pbkdf2('password', 'salt', kIterations, 32, 'sha256', resolve)))));
})();
