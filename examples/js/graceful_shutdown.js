// A server that ends well: violet run examples/js/graceful_shutdown.js [port], then SIGTERM or Ctrl-C.
//
// It takes no new connections, answers what is under way, lets go of idle ones, and ends when nothing
// keeps the loop alive: no process.exit() on the good path.
const http = require('http');

const kPatience = 10000;

const server = http.createServer((request, response) => {
  setTimeout(() => response.end('slow, but sure\n'), Number(new URL(request.url, 'http://x').searchParams.get('ms') ?? 0));
});

function shutDown(signal) {
  console.log(`${signal}: no new connections`);
  server.close(() => console.log('all answered'));
  server.closeIdleConnections();
  setTimeout(() => {
    console.error('out of patience');
    process.exit(1);
  }, kPatience).unref();
}
process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);

server.listen(Number(process.argv[2] ?? 8002), () => console.log(`listening on ${server.address().port}`));
