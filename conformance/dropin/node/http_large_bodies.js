// 4 MiB up and down again, chunked, ten times at once, arrive byte for byte; backpressure is felt.
//
// expect:
//   10 round trips, all equal
const http = require('http');
const crypto = require('crypto');
const block = crypto.randomBytes(64 * 1024);
const blocks = 64;  // 4 MiB for each of the ten.
const sum = crypto.createHash('sha1');
for (let index = 0; index < blocks; index++) sum.update(block);
const wanted = sum.digest('hex');
const server = http.createServer((request, response) => request.pipe(response));
server.listen(0, '127.0.0.1', () => {
  let equal = 0;
  let done = 0;
  for (let trip = 0; trip < 10; trip++) {
    const request = http.request({ host: '127.0.0.1', port: server.address().port, method: 'POST', agent: false });
    let sent = 0;
    const send = () => {
      while (sent < blocks) {
        sent++;
        if (!request.write(block)) { request.once('drain', send); return; }
      }
      request.end();
    };
    send();
    request.on('response', (response) => {
      const hash = crypto.createHash('sha1');
      response.on('data', (data) => hash.update(data));
      response.on('end', () => {
        if (hash.digest('hex') === wanted) equal++;
        if (++done === 10) {
          console.log(`10 round trips, ${equal === 10 ? 'all' : equal} equal`);
          server.close();
        }
      });
    });
  }
});
