// What the programs about tls, https and crypto have in common: the keys of this folder, servers on a free
// port, and lines about errors that are the same wherever OpenSSL was built.
'use strict';

const fs = require('fs');
const path = require('path');

const file = (name) => fs.readFileSync(path.join(__dirname, name));
const pair = (name) => ({ key: file(`${name}.key`), cert: file(`${name}.crt`) });

const listen = (server, ...where) => new Promise((resolve) => server.listen(...where.length ? where : [0], () => resolve(server.address().port)));
const closed = (emitter) => new Promise((resolve) => emitter.once('close', resolve));
const stop = (server) => new Promise((resolve) => server.close(resolve));

async function textOf(stream) {
  let all = '';
  for await (const piece of stream) all += piece;
  return all;
}

// Node.js tells the thread, the function and the line of OpenSSL as well.
const plain = (message) => message.replace(/.*error:(\w+:[^:]*:)[^:]*:([^:\n]*).*/s, 'error:$1:$2');
const describe = (error) => error instanceof Error ? `${error.name} ${error.code} ${plain(error.message)}` : error;
const log = (...values) => console.log(...values.map(describe));

function refuse(run) {
  try { log('not refused', run()); } catch (error) { log(error); }
}

module.exports = { file, pair, listen, closed, stop, textOf, describe, log, refuse };
