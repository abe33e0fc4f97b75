// The module `https`: http's servers and requests over tls.
'use strict';

const tls = require('tls');
const http = require('http');
const { serverOver } = require('internal_http_server');

class Server extends serverOver(tls.Server, 'secureConnection') {
  constructor(options, listener) {
    super(options, listener);
    this.on('tlsClientError', (error, socket) => {
      if (!this.emit('clientError', error, socket)) socket.destroy(error);
    });
  }
}

// What of the options makes a connection another one: only requests that agree in them may share it.
const kPartsOfName = ['ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion',
                      'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext',
                      'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine'];

class Agent extends http.Agent {
  constructor(options = {}) {
    super(options);
    this.defaultPort = 443;
    this.protocol = 'https:';
    this.maxCachedSessions = options.maxCachedSessions ?? 100;
    this.sessions = new Map();   // by name: what the next connection may begin with
  }

  getName(options = {}) {
    const shown = (value) => value === undefined || value === null ? '' : Array.isArray(value) ? value.join() : String(value);
    return [super.getName(options), ...kPartsOfName.map((part) => shown(options[part]))].join(':');
  }

  createConnection(options, callback) {
    const name = this.getName(options);
    const servername = options.servername ?? hostOf(options);
    const socket = tls.connect({ ...options, servername, session: options.session ?? this.sessions.get(name) }, callback);
    if (this.maxCachedSessions > 0) {
      socket.on('session', (session) => this.keepSession(name, session));
      socket.on('close', (hadError) => { if (hadError) this.sessions.delete(name); });
    }
    return socket;
  }

  // The oldest makes room.
  keepSession(name, session) {
    this.sessions.delete(name);
    if (this.sessions.size >= this.maxCachedSessions) this.sessions.delete(this.sessions.keys().next().value);
    this.sessions.set(name, session);
  }
}

// The header line may name another host than the one that is connected to; an address is no name.
function hostOf({ host, headers }) {
  const named = headers?.host ?? headers?.Host;
  const name = typeof named === 'string' ? named.replace(/:\d+$/, '') : host;
  return name === undefined || require('net').isIP(name.replace(/^\[|\]$/g, '')) !== 0 ? '' : name;
}

const agents = { global: new Agent() };

function request(first, second, callback) {
  if (typeof second === 'function') [second, callback] = [undefined, second];
  const isAddress = typeof first === 'string' || first instanceof URL;
  const chosen = isAddress ? { ...second } : { ...first, ...second };
  const options = { defaultPort: 443, defaultProtocol: 'https:', ...chosen };
  if (options.agent === false) options.agent = new Agent();
  else if (!options.agent && !options.createConnection) options.agent = agents.global;
  return isAddress ? http.request(first, options, callback) : http.request(options, callback);
}

function get(...values) {
  const made = request(...values);
  made.end();
  return made;
}

module.exports = {
  Agent, Server, createServer: (options, listener) => new Server(options, listener), request, get,
  get globalAgent() { return agents.global; },
  set globalAgent(agent) { agents.global = agent; },
};
