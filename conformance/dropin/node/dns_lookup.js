// dns.lookup of localhost and of literal addresses, of all addresses, of a service, and of nobody.
//
// expect:
//   localhost: 127.0.0.1 4
//   literal: ::1 6
//   all contain 127.0.0.1: true
//   service of port 22 on 127.0.0.1: true
//   nobody: true
//   100 at once: 100
const dns = require('dns');
const { lookup, lookupService } = dns.promises;
(async () => {
  const { address, family } = await lookup('localhost', { family: 4 });
  console.log(`localhost: ${address} ${family}`);
  const literal = await lookup('::1');
  console.log(`literal: ${literal.address} ${literal.family}`);
  const all = await lookup('localhost', { all: true, verbatim: true });
  console.log(`all contain 127.0.0.1: ${all.some((one) => one.address === '127.0.0.1')}`);
  const service = await lookupService('127.0.0.1', 22);
  console.log(`service of port 22 on 127.0.0.1: ${/^(ssh|22)$/.test(service.service) && service.hostname.length > 0}`);
  await lookup('no.such.name.invalid').catch((error) =>
    console.log(`nobody: ${/^(ENOTFOUND|EAI_AGAIN)$/.test(error.code) && error.syscall === 'getaddrinfo'}`));
  const many = await Promise.all(Array.from({ length: 100 }, () => lookup('localhost', { family: 4 })));
  console.log(`100 at once: ${many.filter((one) => one.address === '127.0.0.1').length}`);
})();
