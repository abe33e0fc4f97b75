const t = new EventTarget();
for (let i = 0; i < 3; i++) t.addEventListener('x', (e) => console.log(i, e.eventPhase));
t.dispatchEvent(new Event('x'));
t.addEventListener('y', {
  handleEvent(e) {
    console.log('obj', e.eventPhase);
  },
});
t.addEventListener('y', (e) => console.log('fn', e.eventPhase));
const e = new Event('y');
t.dispatchEvent(e);
console.log(e.eventPhase, e.target === t);
t.dispatchEvent(e);
