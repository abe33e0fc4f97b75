// A head that has not gone out may be replaced; a worker may come from a data: URL; -e knows modules by name.
const http = require('http');
const { Worker } = require('worker_threads');
const { spawnSync } = require('child_process');
const server = http.createServer((request, response) => {
  try {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    JSON.parse('{bad');
  } catch (error) {
    response.writeHead(500, { 'X-Second': '2' });
    response.end(error.message);
  }
}).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => {
    console.log(response.statusCode, response.headers['content-type'], response.headers['x-second']);
    response.resume().on('end', () => server.close());
  });
});
const code = 'import { parentPort } from "node:worker_threads"; parentPort.postMessage(await Promise.resolve("from data"));';
new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`)).on('message', (text) => console.log(text));
console.log(spawnSync(process.execPath, ['-e', 'console.log(path.sep, typeof fs.readFile, typeof os)'], { encoding: 'utf8' }).stdout);
