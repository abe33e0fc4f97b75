// fetch(): requests of our own `http` and `https`, their redirects, and answers that are decompressed.
'use strict';

const http = require('http');
const https = require('https');
const { Readable } = require('stream');
const { Headers, linesOf } = require('internal_fetch_headers');
const { Body, kBody } = require('internal_fetch_body');
const { Request, receivedResponse } = require('internal_fetch_messages');
const { decodeData } = require('internal_fetch_data');

const kRedirects = [301, 302, 303, 307, 308];
const kMostRedirects = 20;
// Ports that a browser does not speak HTTP to.
const kBadPorts = new Set([1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
                           110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
                           531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045,
                           5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080]);
const kAgentOptions = { keepAlive: true, timeout: 4000 };
const agents = { 'http:': new http.Agent(kAgentOptions), 'https:': new https.Agent(kAgentOptions) };

const failed = (cause) => new TypeError('fetch failed', { cause });

async function fetch(input, init) {
  if (arguments.length === 0) throw new TypeError("Failed to execute 'fetch': 1 argument required, but only 0 present.");
  const request = new Request(input, init);
  request.signal.throwIfAborted();
  const { protocol } = new URL(request.url);
  if (protocol === 'data:') return decodeData(request.url);
  return follow(request);
}

// Asks, and asks again where the answer points to, until one is the last.
async function follow(request) {
  let url = new URL(request.url);
  let { method } = request;
  let body = request[kBody];
  body.isRead = !body.isNone;
  const headers = new Headers(linesOf(request.headers).map(([name, values]) => [name, values.join(', ')]));
  for (let redirects = 0; ; redirects++) {
    if (agents[url.protocol] === undefined) throw failed(new Error(url.protocol === 'about:' ? 'about scheme is not supported' : 'unknown scheme'));
    if (kBadPorts.has(Number(url.port))) throw failed(new Error('bad port'));
    const answer = await exchange({ url, method, headers, body, signal: request.signal });
    const { location } = answer.headers;
    if (!kRedirects.includes(answer.statusCode) || location === undefined || request.redirect === 'manual')
      return responseOf(answer, { url, redirected: redirects > 0, method, signal: request.signal });
    answer.resume();
    if (request.redirect === 'error') throw failed(new Error('unexpected redirect'));
    if (redirects === kMostRedirects) throw failed(new Error('redirect count exceeded'));
    const from = url;
    url = new URL(location, from);
    if (url.hash === '') url.hash = from.hash;
    const { statusCode } = answer;
    if ((statusCode <= 302 && method === 'POST') || (statusCode === 303 && method !== 'GET' && method !== 'HEAD')) {
      method = 'GET';
      body = new Body(null);
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) headers.delete(name);
    }
    if (!body.isNone && !body.isBytes) throw failed(new Error('request body cannot be sent again'));
    if (url.origin !== from.origin) for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) headers.delete(name);
  }
}

// The header lines as they go out.
function linesFor({ url, method, headers, body }) {
  const lines = [['host', headers.get('host') ?? url.host], ['connection', 'keep-alive']];
  for (const [name, values] of linesOf(headers)) {
    if (!/^(host|connection|content-length|transfer-encoding)$/i.test(name)) lines.push([name, values.join(/^cookie$/i.test(name) ? '; ' : ', ')]);
  }
  for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'undici'],
                               ['accept-encoding', 'gzip, deflate']])
    if (!headers.has(name)) lines.push([name, value]);
  if (body.isBytes) lines.push(['content-length', String(body.source.length)]);
  else if (!body.isNone) lines.push(['transfer-encoding', 'chunked']);
  else if (method === 'POST' || method === 'PUT') lines.push(['content-length', '0']);
  return lines;
}

// One request and the head of its answer.
function exchange({ url, method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const { protocol, pathname, search, hostname, port } = url;
    const made = (protocol === 'https:' ? https : http).request({
      protocol, method, hostname: hostname.replace(/^\[|\]$/g, ''), path: `${pathname}${search}`, port: port === '' ? undefined : Number(port),
      headers: linesFor({ url, method, headers, body }), agent: agents[protocol],
    });
    const leave = () => { made.destroy(signal.reason); reject(signal.reason); };
    signal.addEventListener('abort', leave, { once: true });
    made.on('response', (answer) => {
      signal.removeEventListener('abort', leave);
      answer.on('error', () => {});
      resolve(answer);
    });
    made.on('error', (error) => {
      signal.removeEventListener('abort', leave);
      // A connection that was kept may have ended meanwhile.
      if (made.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted && (body.isNone || body.isBytes))
        return resolve(exchange({ url, method, headers, body, signal }));
      return reject(failed(error));
    });
    if (body.isNone || body.isBytes) made.end(body.source ?? undefined);
    else require('stream').pipeline(body.outgoing, made, (error) => { if (error) reject(failed(error)); });
  });
}

function responseOf(answer, { url, redirected, method, signal }) {
  const headers = new Headers();
  for (let i = 0; i < answer.rawHeaders.length; i += 2) headers.append(answer.rawHeaders[i], answer.rawHeaders[i + 1]);
  const shown = new URL(url);
  shown.hash = '';
  const state = { type: 'basic', status: answer.statusCode, statusText: answer.statusMessage, url: shown.href, redirected };
  const hasNone = method === 'HEAD' || [101, 103, 204, 205, 304].includes(answer.statusCode);
  if (hasNone) answer.resume();
  return receivedResponse(state, headers, new Body(hasNone ? null : contentOf(answer, headers, signal)));
}

// The bytes of an answer; an abort ends them with its reason.
function contentOf(answer, headers, signal) {
  const zlib = { 'gzip': 'createGunzip', 'x-gzip': 'createGunzip', 'deflate': 'createInflate' }[headers.get('content-encoding')?.toLowerCase()];
  const decoded = zlib === undefined ? undefined : require('zlib')[zlib]();
  const source = decoded === undefined ? answer : require('stream').pipeline(answer, decoded, () => {});
  const content = new Readable({
    read() { source.resume(); },
    destroy(error, callback) {
      signal.removeEventListener('abort', leave);
      if (!answer.complete) answer.destroy();
      callback(error);
    },
  });
  const leave = () => content.destroy(new DOMException('The operation was aborted.', 'AbortError'));
  const terminated = (cause) => { if (!content.destroyed) content.destroy(new TypeError('terminated', { cause })); };
  source.on('data', (bytes) => { if (!content.push(bytes)) source.pause(); });
  source.on('end', () => content.push(null));
  source.on('error', terminated);
  answer.on('aborted', () => terminated(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })));
  source.pause();
  content.on('error', () => {});
  signal.addEventListener('abort', leave, { once: true });
  return content;
}

module.exports = { fetch };
