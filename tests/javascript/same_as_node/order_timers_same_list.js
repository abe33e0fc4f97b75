// Timers of one duration run in the order of their start, ticks between them; one clears another.
const a = setTimeout(() => { console.log('a'); process.nextTick(() => console.log('tick')); clearTimeout(c); }, 2);
const b = setTimeout(() => console.log('b'), 2);
const c = setTimeout(() => console.log('c'), 2);
const d = setTimeout(() => { console.log('d'); setTimeout(() => console.log('e'), 0); }, 2);
console.log(a !== b, typeof d.ref);
