// await asks a thenable by a microtask of its own.
const thenable = { then(resolve) { console.log('then called'); resolve('value'); } };
(async () => { console.log(await thenable); })();
Promise.resolve().then(() => console.log('one')).then(() => console.log('two')).then(() => console.log('three'));
console.log('end');
