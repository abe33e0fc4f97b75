// A web server that streams files: violet run examples/js/http_server.js [port] [folder]
//
// Each request is a callback of the poll phase. The file is read by the thread pool or the ring, and only
// as fast as the client takes it: pipeline() stops reading while the socket is full.
const { createReadStream, promises: fs } = require('fs');
const http = require('http');
const path = require('path');
const { pipeline } = require('stream');
const { createGzip } = require('zlib');

const [port = 8000, folder = '.'] = process.argv.slice(2);

const server = http.createServer(async (request, response) => {
  const wanted = path.normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
  const file = path.join(folder, wanted);
  try {
    const status = await fs.stat(file);
    if (status.isDirectory()) {
      response.setHeader('Content-Type', 'application/json');
      return response.end(JSON.stringify(await fs.readdir(file)));
    }
  } catch (error) {
    response.statusCode = error.code === 'ENOENT' ? 404 : 500;
    return response.end(`${error.code}\n`);
  }
  const done = (error) => { if (error) console.error(`${request.url}: ${error.code}`); };
  if (/\bgzip\b/.test(request.headers['accept-encoding'])) {
    response.setHeader('Content-Encoding', 'gzip');
    pipeline(createReadStream(file), createGzip(), response, done);
  } else {
    pipeline(createReadStream(file), response, done);
  }
});

server.listen(Number(port), () => console.log(`listening on ${server.address().port}`));
