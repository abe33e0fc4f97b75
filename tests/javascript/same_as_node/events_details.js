// Listeners: order, removal while emitting, once, names, limits.
const EventEmitter = require('events');
class Store extends EventEmitter { constructor() { super(); this.items = []; } add(item) { this.items.push(item); this.emit('added', item, this.items.length); return this; } }
const store = new Store();
store.on('newListener', (name, listener) => console.log('new', name, listener.name));
const second = function second() { console.log('second', this === store); };
store.on('added', function first(item) { console.log('first', item); store.off('added', second); });
store.on('added', second);
store.prependListener('added', function zero() { console.log('zero'); });
store.once('added', function last(...values) { console.log('once', values); });
store.add('a').add('b');
console.log(store.eventNames(), store.listenerCount('added'), store.rawListeners('added').map((f) => f.name), EventEmitter.defaultMaxListeners, store.getMaxListeners());
console.log(store.emit('nothing'), store.removeAllListeners('added').listenerCount('added'));
console.log(new EventEmitter(), store);
