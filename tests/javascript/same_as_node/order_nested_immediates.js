// An immediate made by an immediate waits for the next iteration; timers that are due come between.
const rounds = [];
function round(n) {
  rounds.push(`immediate ${n}`);
  if (n < 3) setImmediate(round, n + 1); else setTimeout(() => console.log(rounds), 5);
  process.nextTick(() => rounds.push(`tick ${n}`));
}
setImmediate(round, 1);
setImmediate(() => rounds.push('sibling'));
