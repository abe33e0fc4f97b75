const fs = require('fs'),
  net = require('net');
fs.stat(__filename, () => {
  console.log('1 io');
  setTimeout(() => {
    console.log('5 timeout');
    process.nextTick(() => console.log('6 tick in timeout'));
  }, 0);
  setImmediate(() => {
    console.log('4 immediate');
  });
  Promise.resolve()
    .then(() => {
      console.log('3 promise');
      process.nextTick(() => console.log('3b tick from promise'));
    })
    .then(() => console.log('3a then'));
  process.nextTick(() => console.log('2 tick'));
});
const s = net.createServer((c) => {
  console.log('connection');
  process.nextTick(() => console.log('tick in connection'));
  c.on('data', (d) => {
    console.log('data', String(d));
    setImmediate(() => console.log('immediate in data'));
    process.nextTick(() => {
      console.log('tick in data');
    });
    c.end('bye', () => console.log('end callback'));
  });
  c.on('close', () => {
    console.log('socket close');
    setImmediate(() => console.log('immediate after close'));
    process.nextTick(() => console.log('tick after close'));
    s.close();
  });
});
s.listen(0, () => {
  setTimeout(() => {
    const c = net.connect(s.address().port);
    c.on('connect', () => {
      console.log('client connect');
      c.write('hi');
    });
    c.on('data', (d) => console.log('client', String(d)));
    c.on('end', () => console.log('client end'));
    c.on('close', () => console.log('client close'));
  }, 20);
});
