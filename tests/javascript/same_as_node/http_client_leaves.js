// Clients that go away, answers that never come.
const http = require('http'), closed = [];
const server = http.createServer((request, response) => { response.on('close', () => { closed.push(response.writableFinished); }); }).listen(0, '127.0.0.1', async () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent: false };
  const first = http.get({ ...options, timeout: 30 }); first.on('timeout', () => { console.log('timeout'); first.destroy(); }); first.on('error', (error) => console.log(error.code, error.message)); await new Promise((resolve) => first.on('close', resolve));
  const controller = new AbortController(); const second = http.get({ ...options, signal: controller.signal }); second.on('error', (error) => console.log(error.name, error.code)); setTimeout(() => controller.abort(), 30); await new Promise((resolve) => second.on('close', resolve));
  setTimeout(() => server.close(() => console.log('server closed', closed.includes(true))), 30);
});
