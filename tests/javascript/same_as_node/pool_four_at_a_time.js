// Slow jobs of the pool: all end, none blocks the loop.
const { pbkdf2 } = require('crypto');
let ended = 0, ticks = 0;
const timer = setInterval(() => ticks++, 1);
for (let i = 0; i < 8; i++) {
  pbkdf2('password', `salt ${i}`, 20000, 32, 'sha512', (error, key) => {
    if (error) throw error;
    if (++ended < 8) return;
    clearInterval(timer);
    console.log('all ended', key.length, ticks > 0);
  });
}
console.log('started');
