// Pipelined requests, backpressure, timeouts, upgrades and a client that leaves: which events come.
const http = require('http'), net = require('net'), { pipeline, Readable } = require('stream');

const steps = [];
const step = (run) => steps.push(run);
const next = () => steps.length > 0 && steps.shift()();

step(() => {
  const server = http.createServer((request, response) => {
    const { url } = request;
    console.log('request', url);
    process.nextTick(() => console.log('tick', url));
    Promise.resolve().then(() => console.log('microtask', url));
    request.on('end', () => console.log('request end', url));
    request.on('close', () => console.log('request close', url));
    response.on('finish', () => console.log('finish', url));
    response.on('close', () => console.log('close', url));
    request.resume();
    if (url === '/1') setTimeout(() => response.end('one'), 20); else response.end('two');
  }).listen(0, () => {
    const socket = net.connect(server.address().port);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
      if (!text.endsWith('two')) return;
      console.log(text.match(/one|two/g));
      socket.end();
      server.close(next);
    });
    socket.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
  });
});

step(() => {
  const piece = Buffer.alloc(65536, 'x');
  let sent = 0;
  const server = http.createServer((request, response) => {
    pipeline(new Readable({ read() { this.push(sent++ < 100 ? piece : null); } }), response, (error) => console.log('sent', error));
  }).listen(0, () => {
    http.get({ port: server.address().port }, (response) => {
      let size = 0;
      response.pause();
      setTimeout(() => { console.log('held back', sent < 100); response.resume(); }, 100);
      response.on('data', (bytes) => { size += bytes.length; });
      response.on('end', () => { console.log('got', size); server.close(next); });
    });
  });
});

step(() => {
  let got = 0;
  const server = http.createServer((request, response) => {
    request.on('data', (bytes) => { got += bytes.length; request.pause(); setTimeout(() => request.resume(), 1); });
    request.on('end', () => response.end(String(got)));
  }).listen(0, () => {
    const request = http.request({ port: server.address().port, method: 'POST' }, (response) => {
      response.on('data', (bytes) => console.log('uploaded', String(bytes)));
      response.on('end', () => server.close(next));
    });
    for (let i = 0; i < 20; i++) request.write(Buffer.alloc(100000));
    request.end();
  });
});

step(() => {
  const server = http.createServer();
  server.on('upgrade', (request, socket, head) => {
    console.log('upgrade', request.headers.upgrade, String(head));
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.on('data', (bytes) => socket.end(bytes));
  }).listen(0, () => {
    const request = http.request({ port: server.address().port, headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
    request.on('upgrade', (response, socket) => {
      console.log(response.statusCode, response.headers.upgrade);
      socket.write('over another protocol');
      socket.on('data', (bytes) => console.log(String(bytes)));
      socket.on('end', () => { socket.end(); server.close(next); });
    });
    request.end();
  });
});

step(() => {
  const server = http.createServer((request, response) => {
    request.on('aborted', () => console.log('aborted'));
    request.on('error', ({ code }) => console.log('request error', code));
    response.on('finish', () => console.log('never'));
    response.on('close', () => { console.log('closed', response.writableFinished, request.aborted); server.close(next); });
  }).listen(0, () => {
    const request = http.request({ port: server.address().port, method: 'POST' });
    request.on('error', ({ code }) => console.log(code));
    request.write('some', () => setTimeout(() => request.destroy(), 20));
  });
});

step(() => {
  const server = http.createServer((request, response) => {
    response.setTimeout(20, () => { console.log('slow'); response.end('late'); });
  }).listen(0, () => {
    const request = http.get({ port: server.address().port, timeout: 5 }, (response) => {
      response.on('data', (bytes) => console.log(String(bytes)));
      response.on('end', () => server.close(next));
    });
    request.once('timeout', () => console.log('timeout'));
  });
});

step(() => {
  const server = http.createServer({ keepAliveTimeout: 30 }, (request, response) => response.end('x')).listen(0, () => {
    const socket = net.connect(server.address().port);
    socket.on('data', (bytes) => console.log(/Keep-Alive: .*/.exec(bytes)?.[0]));
    socket.on('close', () => { console.log('idle for too long'); server.close(next); });
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  });
});

step(() => {
  const server = http.createServer((request, response) => {
    response.setHeader('a', 1);
    console.log(response.getHeader('A'), response.hasHeader('a'), response.getHeaderNames(), response.getHeaders());
    response.removeHeader('A');
    for (const wrong of [() => response.setHeader('a b', 1), () => response.setHeader('a', undefined), () => response.setHeader('a', '\n'), () => response.writeHead(99)]) {
      try { wrong(); } catch ({ code, message }) { console.log(code, message); }
    }
    response.end('x', () => console.log('flushed'));
    for (const late of [() => response.setHeader('a', 1), () => response.writeHead(200)]) {
      try { late(); } catch ({ code, message }) { console.log(code, message); }
    }
  }).listen(0, () => http.get({ port: server.address().port }, (response) => response.resume().on('end', () => server.close(next))));
});
next();
