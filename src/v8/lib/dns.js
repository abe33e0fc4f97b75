// The module `dns`: lookups by the system's resolver, on the thread pool.
'use strict';

const native = binding('dns');
const { newError, errorName } = binding('process');

function lookup(hostname, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  if (typeof options === 'number') options = { family: options };
  const { family = 0, all = false } = options;
  const known = native.isIP(hostname);
  if (known !== 0) {
    process.nextTick(() => all ? callback(null, [{ address: hostname, family: known }])
                               : callback(null, hostname, known));
    return {};
  }
  const request = { oncomplete(status, found) {
    if (status !== 0) return callback(lookupError(status, hostname));
    const seen = new Set();
    const list = found.map(({ address, family: name }) => ({ address, family: Number(name.slice(3)) }))
      .filter(({ address }) => !seen.has(address) && seen.add(address));
    if (all) callback(null, list);
    else callback(null, list[0].address, list[0].family);
  } };
  const error = native.lookup(request, hostname, family);
  if (error !== 0) process.nextTick(callback, lookupError(error, hostname));
  return request;
}

function lookupError(status, hostname) {
  const code = errorName(status).replace(/^EAI_(NONAME|NODATA)$/, 'ENOTFOUND');
  const error = new Error(`getaddrinfo ${code} ${hostname}`);
  return Object.assign(error, { errno: status, code, syscall: 'getaddrinfo', hostname });
}

Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), { value: (...values) => promises.lookup(...values) });

const promises = {
  lookup: (hostname, options = {}) => new Promise((resolve, reject) => {
    lookup(hostname, options, (error, address, family) => {
      if (error) reject(error);
      else resolve(options.all ? address : { address, family });
    });
  }),
};

module.exports = { lookup, promises };
