// An async function that returns a promise settles three microtasks later than one that returns a value.
const step = (name, count) => { let p = Promise.resolve(); for (let i = 1; i <= count; i++) p = p.then(() => console.log(name, i)); };
(async () => 'value')().then(() => console.log('value'));
(async () => Promise.resolve())().then(() => console.log('promise'));
step('clock', 5);
