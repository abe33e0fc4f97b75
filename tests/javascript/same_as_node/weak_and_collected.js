// Weak maps, sets and references; symbols and private names as caches use them.
const cache = new WeakMap(), seen = new WeakSet();
let key = { id: 1 };
cache.set(key, { expensive: 'computation' }); seen.add(key);
console.log(cache.get(key), cache.has(key), seen.has(key), cache.has({ id: 1 }), cache, seen);
const reference = new WeakRef(key); console.log(reference.deref() === key, Object.prototype.toString.call(reference));
new FinalizationRegistry(() => {}).register(key, 'held'); console.log(cache.delete(key), cache.get(key)); key = null;
try { cache.set('text', 1); } catch (error) { console.log(error.name, error.message); }
class Counter { #count = 0; static #made = 0; static get made() { return Counter.#made; } constructor() { Counter.#made++; } up() { return ++this.#count; } static isOne(value) { return #count in value; } }
const counter = new Counter(); console.log(counter.up(), counter.up(), Counter.made, Counter.isOne(counter), Counter.isOne({}), counter);
