// The module `tls`, of which there is only the name: packages that could do with it, and mostly do
// without, ask for it when they are loaded.
'use strict';

function refuse() {
  throw Object.assign(new Error('violet run has no TLS'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
}

class TLSSocket { constructor() { refuse(); } }
class Server { constructor() { refuse(); } }

module.exports = { TLSSocket, Server, connect: refuse, createServer: refuse, createSecureContext: refuse,
                   rootCertificates: [] };
