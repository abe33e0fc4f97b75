// Blob: parts, slices, and the ways to its bytes.
const { Blob: OfBuffer } = require('buffer');
const blob = new Blob(['text ', new Uint8Array([98, 121]), new Blob(['tes']), Buffer.from(' €')], { type: 'Text/Plain' });
console.log(blob, blob.size, blob.type, OfBuffer === Blob, String(blob), { inside: { deep: { blob } } });
(async () => {
  console.log(await blob.text(), (await blob.arrayBuffer()).byteLength);
  console.log(await blob.slice(0, 4).text(), await blob.slice(-3).text(), blob.slice(0, 2, 'a/b').type);
  const sizes = [];
  for await (const piece of new Blob(['x'.repeat(200000)]).stream()) sizes.push(piece.length);
  console.log(sizes.reduce((sum, size) => sum + size), await new Blob(['a\r\nb'], { endings: 'native' }).text() === 'a\nb');
  console.log(await new Blob([new Uint16Array([0x4141]), new DataView(new ArrayBuffer(2), 1)]).text() === 'AA\0');
  try { new Blob('text'); } catch (error) { console.log(error.name, error.code); }
  try { new Blob([], { endings: 'other' }); } catch (error) { console.log(error.name, error.code); }
  const reader = blob.stream().getReader();
  console.log(await reader.read(), await reader.read());
})();
