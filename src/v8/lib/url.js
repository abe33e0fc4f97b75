// The module `url`: WHATWG URLs by the npm package whatwg-url.
'use strict';
const { requireInternal } = require('internal_require');
const { URL, URLSearchParams } = requireInternal('node_modules/whatwg-url/index.js');

const fileURLToPath = (url) => {
  const { protocol, pathname } = typeof url === 'string' ? new URL(url) : url;
  if (protocol !== 'file:') {
    throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
  }
  return decodeURIComponent(pathname);
};
const pathToFileURL = (path) => {
  const url = new URL('file:///');
  url.pathname = require('path').resolve(path).replace(/%/g, '%25').replace(/[?#]/g, encodeURIComponent);
  return url;
};

// The older form: parts of an address, relative ones too.
function parse(address, parseQuery = false) {
  const match = /^([a-z][a-z0-9+.-]*:)?(?:(\/\/)(?:([^@/?#]*)@)?([^/?#:]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/i
    .exec(address);
  const [, protocol = null, slashes, auth = null, hostname = null, port = null, pathname, search = null,
         hash = null] = match;
  const query = search === null ? null : search.slice(1);
  return { protocol, slashes: slashes !== undefined || null, auth,
           host: hostname === null ? null : port === null ? hostname : `${hostname}:${port}`, port, hostname,
           hash, search, query: parseQuery ? require('querystring').parse(query ?? '') : query,
           pathname: pathname === '' ? (hostname === null ? null : '/') : pathname,
           path: `${pathname}${search ?? ''}` || null, href: address };
}

function format(url) {
  if (typeof url === 'string') return url;
  if (url instanceof URL) return url.href;
  const { protocol = '', auth, host, hostname = '', port, pathname = '', search, query, hash = '', slashes } = url;
  const scheme = protocol === '' || protocol.endsWith(':') ? protocol : `${protocol}:`;
  const where = host ?? (hostname.includes(':') ? `[${hostname}]` : hostname) + (port ? `:${port}` : '');
  const asked = search ?? (query && typeof query === 'object' ? require('querystring').stringify(query) : query) ?? '';
  const hasSlashes = slashes || /^(https?|ftp|file):$/.test(scheme);
  const path = where !== '' && pathname !== '' && !pathname.startsWith('/') ? `/${pathname}` : pathname;
  return scheme + (hasSlashes || where !== '' ? '//' : '') + (auth ? `${auth}@` : '') + where + path +
    (asked === '' || asked.startsWith('?') ? asked : `?${asked}`) + (hash === '' || hash.startsWith('#') ? hash : `#${hash}`);
}

// As a browser follows a link.
function resolve(from, to) {
  const base = new URL(from, 'resolve://none');
  const { href, protocol, pathname, search, hash } = new URL(to, base);
  return protocol === 'resolve:' ? pathname + search + hash : href;
}

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format, resolve };
