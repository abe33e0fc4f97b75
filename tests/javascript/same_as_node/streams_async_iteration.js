// for await over a stream, left early: the stream is destroyed.
const { Readable } = require('stream');
const source = Readable.from((async function*() { try { for (let i = 0; ; i++) yield i; } finally { console.log('generator closed'); } })());
source.on('close', () => console.log('close', source.destroyed));
(async () => {
  for await (const value of source) { console.log(value); if (value === 2) break; }
  try { for await (const chunk of new Readable({ read() { this.destroy(new Error('broken')); } })) console.log(chunk); } catch (error) { console.log(error.message); }
})();
