// What becomes a Buffer, what fills one, and an event after its dispatch.
for (const v of [{}, {a:1}, ()=>{}, Symbol('x'), 5n, new Map, {length:2,0:7,1:8}, {type:'Buffer',data:[1,2]}, new String('str'), {valueOf(){return 'vo'}}, {[Symbol.toPrimitive](){return 'tp'}}, new Date(0)]) { try { console.log(Buffer.from(v)); } catch (e) { console.log(e.name, e.code, e.message); } }
const t = new EventTarget(); const e = new Event('x', {cancelable:true}); let seen; t.addEventListener('x', (v) => { seen = v; console.log(v.currentTarget === t, v.target === t, v.eventPhase, v.composedPath().length); }); console.log(t.dispatchEvent(e)); console.log(e.currentTarget === t, e.currentTarget, e.target === t, e.eventPhase, e.composedPath().length);
setImmediate(()=>console.log(seen.currentTarget===t));
try { t.dispatchEvent(e); console.log('again ok'); } catch (er) { console.log(er.code, er.message); }
const b = Buffer.alloc(5);
for (const a of [['a', 0, 6], ['a', 6], ['a', -1], ['a', 2, 1], ['a',5], ['ab', 1, 4], ['', 0], [300], ['a', 1, 3, 'hex'], ['zz','hex'], ['abc', 'latin1'], [Buffer.alloc(0)], [1.5,0,2], ['a',0,'x'], ['a','x'], [null], [undefined], [true],['€',0,4]]) { try { console.log(a, b.fill(...a)); } catch (er) { console.log(a, er.name, er.code, er.message); } }
