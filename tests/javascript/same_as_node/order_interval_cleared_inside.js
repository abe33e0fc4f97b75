// An interval that clears itself, and one that is cleared by a timer it outlived.
let count = 0;
const interval = setInterval(() => { console.log('interval', ++count); if (count === 3) clearInterval(interval); }, 1);
const endless = setInterval(() => {}, 1);
setTimeout(() => { clearInterval(endless); console.log('cleared'); }, 200);
