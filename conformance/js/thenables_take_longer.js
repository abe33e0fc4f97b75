// Returning a promise from then() costs two more microtasks than returning a value.
//
// expect:
//   a1
//   b1
//   b2
//   b3
//   a2
Promise.resolve().then(() => { console.log('a1'); return Promise.resolve(); })
    .then(() => console.log('a2'));
Promise.resolve().then(() => console.log('b1')).then(() => console.log('b2'))
    .then(() => console.log('b3'));
