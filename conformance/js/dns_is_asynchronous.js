// dns.lookup reports later even for an address that needs no look-up: as a tick of its own.
//
// expect:
//   main
//   127.0.0.1 4
//   tick
//   localhost: loopback
const dns = require('dns');
dns.lookup('127.0.0.1', (error, address, family) => console.log(`${address} ${family}`));
process.nextTick(() => console.log('tick'));
dns.lookup('localhost', (error, address) =>
  console.log(`localhost: ${/^(127\.|::1)/.test(address) ? 'loopback' : error || address}`));
console.log('main');
