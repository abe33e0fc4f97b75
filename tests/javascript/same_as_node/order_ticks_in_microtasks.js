// Ticks that microtasks make wait until the microtasks are over, and the other way round.
Promise.resolve().then(() => {
  console.log('m1');
  process.nextTick(() => console.log('t from m1'));
}).then(() => console.log('m2')).then(() => console.log('m3'));
process.nextTick(() => {
  console.log('t1');
  Promise.resolve().then(() => console.log('m from t1'));
  process.nextTick(() => console.log('t2'));
});
