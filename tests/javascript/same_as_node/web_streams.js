// Streams of the web: sources, sinks, transforms, backpressure, tee, and the bridge to Node's own.
const { Readable, Writable, Transform } = require('stream');
const web = require('stream/web');
const { text, json, buffer } = require('stream/consumers');
console.log(web.ReadableStream === ReadableStream, Object.keys(web).sort().join());
const numbers = (count) => {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next < count) controller.enqueue(next++); else controller.close();
    },
    cancel(reason) { console.log('cancelled', reason); },
  }, { highWaterMark: 2 });
};
(async () => {
  for await (const number of numbers(3)) console.log('number', number);
  for await (const number of numbers(9)) if (number === 1) break;
  const doubled = new TransformStream({ transform(number, controller) { controller.enqueue(number * 2); }, flush(controller) { controller.enqueue('end'); } });
  const written = [];
  await numbers(3).pipeThrough(doubled).pipeTo(new WritableStream({ write(chunk) { written.push(chunk); }, close() { console.log('closed'); } }));
  console.log(written);
  const [first, second] = new ReadableStream({ start(controller) { controller.enqueue('a'); controller.enqueue('b'); controller.close(); } }).tee();
  console.log(await text(first), await text(second));

  const sink = new WritableStream({ async write(chunk) { await null; console.log('sink', chunk); } }, new CountQueuingStrategy({ highWaterMark: 2 }));
  const writer = sink.getWriter();
  console.log(writer.desiredSize, sink.locked);
  writer.write(1); writer.write(2);
  console.log(writer.desiredSize);
  await writer.ready;
  await writer.close();
  await writer.closed;
  try { sink.getWriter(); } catch (error) { console.log(error.name); }

  const failing = new ReadableStream({ start(controller) { controller.error(new RangeError('broken')); } });
  await failing.getReader().read().catch((error) => console.log(error.name, error.message));
  await new ReadableStream({ start(controller) { controller.enqueue('x'); } })
    .pipeTo(new WritableStream({ write() { throw new TypeError('full'); } })).catch((error) => console.log(error.name, error.message));

  const bytes = new ReadableStream({ type: 'bytes', start(controller) { controller.enqueue(new Uint8Array([1, 2, 3])); controller.close(); } });
  const byob = bytes.getReader({ mode: 'byob' });
  console.log(await byob.read(new Uint8Array(2)), await byob.read(new Uint8Array(2)));

  console.log(await text(Readable.toWeb(Readable.from([Buffer.from('from '), Buffer.from('node')]))).catch((error) => error.name));
  const back = Readable.fromWeb(new ReadableStream({ start(controller) { controller.enqueue('one'); controller.enqueue('two'); controller.close(); } }), { encoding: 'utf8' });
  for await (const piece of back) console.log('back', piece);
  const got = [];
  const nodes = new Writable({ write(chunk, encoding, callback) { got.push(String(chunk)); setImmediate(callback); }, final(callback) { console.log('final'); callback(); } });
  await new ReadableStream({ start(controller) { controller.enqueue('p'); controller.enqueue('q'); controller.close(); } }).pipeTo(Writable.toWeb(nodes));
  console.log(got);
  console.log(await json(Readable.from(['{"a":', '1}'])), await buffer(new Blob(['b']).stream()));
  const split = new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array([0xe2, 0x82])); controller.enqueue(new Uint8Array([0xac])); controller.close(); } });
  for await (const piece of split.pipeThrough(new TextDecoderStream())) console.log(piece);
  for await (const piece of new ReadableStream({ start(controller) { controller.enqueue('ä'); controller.close(); } }).pipeThrough(new TextEncoderStream())) console.log(piece);
  console.log(new ReadableStream(), new WritableStream(), new TransformStream());
  console.log(new TextDecoder().decode(new Uint8Array([0xe2]), { stream: true }) === '');
  const squeezed = new Blob(['many '.repeat(1000)]).stream().pipeThrough(new web.CompressionStream('gzip')).pipeThrough(new web.DecompressionStream('gzip'));
  console.log((await text(squeezed)).length);
})();
