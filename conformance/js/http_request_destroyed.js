// A request that is destroyed while its answer comes: first the answer hears, then the request ends.
//
// expect:
//   request error enough
//   response aborted 
//   request close 
//   response error aborted
//   response close 
const http = require('http');
const server = http.createServer((request, response) => response.write('begun')).listen(0, '127.0.0.1', () => {
  const request = http.get({ port: server.address().port, host: '127.0.0.1' });
  for (const event of ['error', 'close']) request.on(event, (error) => console.log('request', event, error?.message ?? ''));
  request.on('response', (response) => {
    for (const event of ['aborted', 'error', 'end', 'close']) response.on(event, (error) => console.log('response', event, error?.message ?? ''));
    response.once('data', () => request.destroy(new Error('enough')));
    response.on('close', () => { server.closeAllConnections(); server.close(); });
  });
});
