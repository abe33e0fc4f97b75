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

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse,
                   format: (url) => typeof url === 'string' ? url : String(url.href ?? url) };
