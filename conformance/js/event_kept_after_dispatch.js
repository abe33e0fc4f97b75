// An EventTarget calls its listeners at once; what one throws is told later, and the event keeps its target.
//
// expect:
//   second true 1
//   allowed: false
//   true true 0 []
//   second true 1
//   allowed: true
//   uncaught: by the first
//   uncaught: by the first
//   microtask
const target = new EventTarget();
process.on('uncaughtException', (error) => console.log('uncaught:', error.message));
target.addEventListener('go', () => { throw new Error('by the first'); });
target.addEventListener('go', (event) => console.log('second', event.currentTarget === target, event.composedPath().length));
target.addEventListener('go', { handleEvent: (event) => event.preventDefault() }, { once: true });
const event = new Event('go', { cancelable: true });
console.log('allowed:', target.dispatchEvent(event));
console.log(event.target === target, event.currentTarget === target, event.composedPath().length, Object.keys(event));
console.log('allowed:', target.dispatchEvent(new Event('go', { cancelable: true })));
Promise.resolve().then(() => console.log('microtask'));
