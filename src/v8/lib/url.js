// The module `url`: WHATWG URLs by the npm package whatwg-url.
'use strict';
const { requireInternal } = require('internal_require');
const { URL: PackagedURL, URLSearchParams } = requireInternal('node_modules/whatwg-url/index.js');
const { withCode } = require('internal_errors');
const custom = Symbol.for('nodejs.util.inspect.custom');

class URL extends PackagedURL {
  constructor(input, base) {
    if (arguments.length === 0) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    try {
      super(input, base);
    } catch {
      throw Object.assign(withCode(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: `${input}` });
    }
  }
  static canParse(input, base) {
    try { return Boolean(new URL(input, base)); } catch { return false; }
  }
  [custom](depth, options, inspect) {
    if (depth < 0) return '[URL]';
    const names = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search',
                   'searchParams', 'hash'];
    return `URL ${inspect(Object.fromEntries(names.map((name) => [name, this[name]])), options)}`;
  }
}
URLSearchParams.prototype[custom] = function(depth, options, inspect) {
  if (depth < 0) return '[Object]';
  const parts = [...this].map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
  return parts.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${parts.join(', ')} }`;
};
for (const name of ['get', 'getAll', 'has', 'delete']) {
  const run = URLSearchParams.prototype[name];
  URLSearchParams.prototype[name] = function(...values) {
    if (values.length === 0) throw withCode(TypeError, 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
    return run.apply(this, values);
  };
}
Object.defineProperty(URLSearchParams.prototype, 'size', { configurable: true, get() { return [...this].length; } });

const fileURLToPath = (url) => {
  const { protocol, hostname, pathname } = typeof url === 'string' ? new URL(url) : url;
  if (protocol !== 'file:') {
    throw withCode(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  }
  if (hostname !== '') throw withCode(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(pathname)) throw withCode(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(pathname);
};
const pathToFileURL = (path) => {
  const url = new URL('file:///');
  url.pathname = require('path').resolve(path).replace(/%/g, '%25').replace(/[?#]/g, encodeURIComponent);
  return url;
};

const withHost = (domain, change) => {
  try { return change(new URL(`http://${domain}`).hostname); } catch { return ''; }
};
const domainToASCII = (domain) => withHost(domain, (host) => host);
const domainToUnicode = (domain) => withHost(domain, (host) => requireInternal('node_modules/tr46/index.js').toUnicode(host).domain);
function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = url;
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), hash, search, pathname, path: `${pathname}${search}`, href,
           ...port === '' ? {} : { port: Number(port) },
           ...username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` } };
}

class Url {
  constructor(fields) { Object.assign(this, fields); }
}

// The older form: parts of an address, relative ones too.
function parse(address, parseQuery = false) {
  const match = /^([a-z][a-z0-9+.-]*:)?(?:(\/\/)(?:([^@/?#]*)@)?([^/?#:]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/i
    .exec(address);
  const [, protocol = null, slashes, auth = null, hostname = null, port = null, pathname, search = null,
         hash = null] = match;
  const query = search === null ? null : search.slice(1);
  return new Url({ protocol, slashes: slashes !== undefined || null, auth,
           host: hostname === null ? null : port === null ? hostname : `${hostname}:${port}`, port, hostname,
           hash, search, query: parseQuery ? require('querystring').parse(query ?? '') : query,
           pathname: pathname === '' ? (hostname === null ? null : '/') : pathname,
           path: `${pathname === '' && hostname !== null ? '/' : pathname}${search ?? ''}` || null, href: address });
}

function format(url, options = {}) {
  if (typeof url === 'string') return url;
  if (url instanceof PackagedURL) {
    const shown = new URL(url.href);
    if (options.fragment === false) shown.hash = '';
    if (options.search === false) shown.search = '';
    if (options.auth === false) shown.username = shown.password = '';
    return options.unicode ? shown.href.replace(shown.hostname, domainToUnicode(shown.hostname)) : shown.href;
  }
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

module.exports = { Url, URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format, resolve, domainToASCII, domainToUnicode,
                   urlToHttpOptions };
