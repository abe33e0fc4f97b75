// A web server that only talks in secret: violet run examples/js/https_server.js [port] [key.pem certificate.pem]
//
// Without files it makes a key of its own and has openssl sign a certificate, which nobody trusts: try it with
// curl --insecure. The bytes take the way of every socket; OpenSSL sits between the socket and the parser and
// works in memory (src/v8/binding_tls.cc), so that a greeting is some callbacks of the poll phase, and the loop
// serves others between them.
const { execFileSync } = require('child_process');
const { generateKeyPairSync } = require('crypto');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('fs');
const https = require('https');
const os = require('os');
const path = require('path');

const [port = 8443, keyFile, certificateFile] = process.argv.slice(2);

function makeIdentity() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'https_server'));
  const file = (name) => path.join(folder, name);
  try {
    const { privateKey: key } = generateKeyPairSync('ec', {
      namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(file('key'), key, { mode: 0o600 });
    execFileSync('openssl', ['req', '-x509', '-key', file('key'), '-out', file('certificate'), '-days', '30', '-subj', '/CN=localhost',
                             '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' });
    return { key, cert: readFileSync(file('certificate')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const identity = keyFile === undefined ? makeIdentity()
  : { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };

const server = https.createServer(identity, (request, response) => {
  const { socket } = request;
  response.setHeader('Content-Type', 'application/json');
  response.end(`${JSON.stringify({ path: request.url, protocol: socket.getProtocol(), cipher: socket.getCipher().name,
                                   name: socket.servername, again: socket.isSessionReused() })}\n`);
});

server.on('tlsClientError', ({ code }) => console.error(`a greeting failed: ${code}`));
server.listen(Number(port), () => console.log(`listening on ${server.address().port}`));
