// A pipe of web streams moves by microtasks alone: it is over before any immediate.
//
// expect:
//   sync
//   tick
//   piped ABC
//   immediate
const log = [];
const source = new ReadableStream({
  start(controller) { for (const letter of 'abc') controller.enqueue(letter); controller.close(); },
});
const upper = new TransformStream({ transform(letter, controller) { controller.enqueue(letter.toUpperCase()); } });
source.pipeThrough(upper).pipeTo(new WritableStream({ write(letter) { log.push(letter); } }))
  .then(() => console.log('piped', log.join('')));
setImmediate(() => console.log('immediate'));
process.nextTick(() => console.log('tick'));
console.log('sync');
