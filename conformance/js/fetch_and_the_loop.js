// fetch() is later than all that is due now; its answer comes in pieces, and an abort ends it.
//
// expect:
//   tick
//   microtask
//   immediate
//   request /whole
//   text: whole
//   request /endless
//   read: a piece
//   AbortError
//   closed
const http = require('http');
const server = http.createServer((request, response) => {
  console.log('request', request.url);
  if (request.url === '/whole') return response.end('whole');
  response.write('a piece');
  return undefined;
}).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  fetch(`${base}/whole`).then((answer) => answer.text()).then((text) => {
    console.log('text:', text);
    endless();
  });
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('microtask'));
  setImmediate(() => console.log('immediate'));
  const endless = async () => {
    const controller = new AbortController();
    const answer = await fetch(`${base}/endless`, { signal: controller.signal });
    const reader = answer.body.getReader();
    console.log('read:', Buffer.from((await reader.read()).value).toString());
    controller.abort();
    await reader.read().catch((error) => console.log(error.name));
    server.closeAllConnections();
    server.close(() => console.log('closed'));
  };
});
