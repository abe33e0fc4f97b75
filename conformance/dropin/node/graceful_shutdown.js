// A graceful shutdown: on SIGTERM the server stops accepting, finishes what it has begun, and exits 0.
//
// expect:
//   child: listening
//   child: SIGTERM, 5 requests under way
//   new connection: ECONNREFUSED
//   {answers: 5 complete | child: closed}
//   exit: 0 null
const http = require('http');
const net = require('net');
const { fork } = require('child_process');

function child() {
  const waiting = [];
  const server = http.createServer((request, response) => {
    response.write('begun ');
    waiting.push(response);
    process.send({ waiting: waiting.length });
  });
  server.listen(0, '127.0.0.1', () => {
    console.log('child: listening');
    process.send({ port: server.address().port });
  });
  process.on('SIGTERM', () => {
    console.log(`child: SIGTERM, ${waiting.length} requests under way`);
    server.close(() => { console.log('child: closed'); process.disconnect(); });
    process.send({ stopped: true });
  });
  process.on('message', () => { for (const response of waiting) response.end('finished'); });
}

function parent() {
  const started = fork(__filename, ['child']);
  let port;
  const answers = [];
  const ask = () => http.get({ host: '127.0.0.1', port, agent: false, headers: { connection: 'close' } }, (response) => {
    let text = '';
    response.on('data', (data) => { text += data; });
    response.on('end', () => {
      answers.push(text);
      if (answers.length === 5) console.log(`answers: ${answers.filter((one) => one === 'begun finished').length} complete`);
    });
  });
  started.on('message', (message) => {
    if (message.port) {
      port = message.port;
      for (let index = 0; index < 5; index++) ask();
    } else if (message.waiting === 5) started.kill('SIGTERM');
    else if (message.stopped) {
      net.connect(port, '127.0.0.1').on('error', (error) => {
        console.log(`new connection: ${error.code}`);
        started.send('finish');
      });
    }
  });
  started.on('exit', (code, signal) => console.log(`exit: ${code} ${signal}`));
}

if (process.argv[2] === 'child') child();
else parent();
