// An immediate made by an immediate runs in the next round, after those already there.
//
// expect:
//   1
//   2
//   3
//   1 again
//   2 again
//   3 again
for (const name of [1, 2, 3]) {
  setImmediate(() => {
    console.log(`${name}`);
    setImmediate(() => console.log(`${name} again`));
  });
}
