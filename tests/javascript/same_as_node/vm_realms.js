// vm: scripts of the global scope and of realms of their own.
const vm = require('vm');
globalThis.shared = 1;
console.log(vm.runInThisContext('shared + 1'), vm.runInThisContext('typeof require'), vm.runInThisContext('this === globalThis'));
vm.runInThisContext('var made = "by a script"');
console.log(made, delete globalThis.none);

console.log(vm.runInNewContext('a + 1', { a: 5 }), vm.runInNewContext('var b = a * 2; function f() {} b', { a: 5 }));
const inside = { a: 5, log: [] };
console.log(vm.createContext(inside) === inside, vm.isContext(inside), vm.isContext({}));
vm.runInContext('var x = 10; function f() { return x } globalThis.g = 3; h = 4; let l = 5; const k = 6; log.push(typeof process, typeof setTimeout)', inside);
console.log(Object.keys(inside).sort(), inside.f(), inside.log);
console.log(vm.runInContext('l + k + x + g + (this === globalThis)', inside));
inside.x = 20;
console.log(vm.runInContext('f() + x', inside), inside.x, inside.h);
console.log(vm.runInContext('"a" in globalThis', inside), vm.runInContext('a = 7', inside), inside.a);

console.log(vm.runInContext('[] instanceof Array', inside), vm.runInContext('[]', inside) instanceof Array, Array.isArray(vm.runInContext('[]', inside)));
console.log(vm.runInContext('({ list: [1, new Map([[1, 2]])], when: new Date(0), fail: /x/ })', inside));
try { vm.runInContext('absent()', inside, 'named.js'); } catch (error) {
  console.log(error.name, error.message, error instanceof ReferenceError, /named\.js:1/.test(error.stack));
}
try { new vm.Script('var x =', { filename: 'mine.js' }); } catch (error) { console.log(error.name, error.message, error instanceof SyntaxError); }
try { vm.runInNewContext('throw new RangeError("inside")'); } catch (error) { console.log(error.name, error.message, error instanceof Error); }

const script = new vm.Script('count = (typeof count === "undefined" ? 0 : count) + 1');
const [first, second] = [vm.createContext({ count: 10 }), vm.createContext({})];
for (let i = 0; i < 5; i++) { script.runInContext(first); if (i % 2) script.runInContext(second); }
console.log(first, second, script);
console.log(vm.compileFunction('return a + b + this.c', ['a', 'b']).call({ c: 3 }, 1, 2));
const later = vm.createContext({ report: (value) => console.log('from inside', value), setTimeout });
vm.runInContext('var waits = 1; setTimeout(() => { waits = 2; report(waits); }, 1); Promise.resolve("kept").then(report)', later);
setTimeout(() => console.log(later.waits), 20);
try { vm.createContext(5); } catch (error) { console.log(error.code); }
try { script.runInContext({}); } catch (error) { console.log(error.code); }
const closed = Object.freeze({ pi: 3 });
console.log(vm.runInNewContext('pi', closed), vm.runInNewContext('Math', { Math: 'own' }));
