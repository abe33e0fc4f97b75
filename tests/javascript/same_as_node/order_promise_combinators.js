// When all(), race(), any() and allSettled() settle, measured in microtasks.
let clock = Promise.resolve();
for (let i = 1; i <= 6; i++) clock = clock.then(() => console.log('clock', i));
const values = [Promise.resolve(1), 2, Promise.resolve(3)];
Promise.all(values).then((all) => console.log('all', all));
Promise.race(values).then((first) => console.log('race', first));
Promise.any(values).then((first) => console.log('any', first));
Promise.allSettled([Promise.reject(4), 5]).then((all) => console.log(all));
Promise.any([Promise.reject(1), Promise.reject(2)]).catch((error) => console.log(error.name, error.message, error.errors));
