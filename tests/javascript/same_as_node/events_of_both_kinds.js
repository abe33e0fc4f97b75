const { EventEmitter } = require('events');
const et = new EventTarget();
const h = (e) => console.log('h', e.type, e instanceof Event, e.eventPhase, e.currentTarget === et);
et.addEventListener('a', h);
et.addEventListener('a', h);
et.addEventListener('a', {
  handleEvent() {
    console.log('object');
  },
});
et.addEventListener('a', () => console.log('once'), { once: true });
console.log(et.dispatchEvent(new Event('a')));
et.dispatchEvent(new Event('a'));
et.removeEventListener('a', h);
et.dispatchEvent(new Event('a'));
et.addEventListener('b', (e) => {
  e.stopImmediatePropagation();
  console.log('first');
});
et.addEventListener('b', () => console.log('not'));
et.dispatchEvent(new Event('b'));
et.addEventListener('c', (e) => {
  e.preventDefault();
});
console.log(et.dispatchEvent(new Event('c', { cancelable: true })));
et.onx = () => console.log('plain target has no onx');
et.dispatchEvent(new Event('x'));
console.log(typeof CustomEvent, et, new Event('q').composedPath());
process.on('uncaughtException', (e) => console.log('uncaught', e.message));
et.addEventListener('t', () => {
  throw new Error('listener');
});
et.addEventListener('t', () => console.log('still called'));
et.dispatchEvent(new Event('t'));
class My extends EventEmitter {
  constructor() {
    super();
    this.on('self', function () {
      console.log(this instanceof My);
    });
  }
}
new My().emit('self');
const e = new EventEmitter();
e.on('x', () => {
  e.on('x', () => console.log('added during'));
  console.log('first');
});
e.emit('x');
e.emit('x');
e.once('o', () => {
  console.log('o');
  e.emit('o');
});
e.emit('o');
e.prependOnceListener('x', () => console.log('prepended'));
e.emit('x');
console.log(e.listenerCount('x'), e.rawListeners('x').length);
e.removeAllListeners();
console.log(e.eventNames(), e.emit('x'), EventEmitter.listenerCount(e, 'x'));
try {
  e.emit('error', new Error('unheard'));
} catch (x) {
  console.log(x.message);
}
try {
  e.emit('error', { a: 1 });
} catch (x) {
  console.log(x.code, x.message, x.context);
}
try {
  e.on('x', 5);
} catch (x) {
  console.log(x.code);
}
