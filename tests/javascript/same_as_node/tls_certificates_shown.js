// What a certificate says, as tls and crypto.X509Certificate show it, and for which hosts it is good.
const tls = require('tls');
const { X509Certificate, createPrivateKey, createPublicKey } = require('crypto');
const { file, pair, log, refuse, listen, stop, closed } = require('../keys');

async function shown(options, ca, isDetailed) {
  const server = tls.createServer(options, (socket) => socket.end());
  const client = tls.connect({ port: await listen(server), ca, rejectUnauthorized: false });
  client.on('secureConnect', () => {
    const certificate = client.getPeerCertificate(isDetailed);
    if (!isDetailed) return console.log(certificate, client.getPeerX509Certificate().subject, client.getX509Certificate());
    for (let one = certificate; one !== undefined; one = one.issuerCertificate === one ? undefined : one.issuerCertificate)
      console.log(one.subject, one.issuer, one.ca, one.subjectaltname, one.ext_key_usage, one.serialNumber.length, one.issuerCertificate === one);
  });
  client.resume();
  await closed(client);
  await stop(server);
}

function check(host, subjectaltname, CN) {
  const error = tls.checkServerIdentity(host, { subject: CN === undefined ? {} : { CN }, subjectaltname });
  console.log(host, subjectaltname, CN, error && [error.code, error.message, error.reason, error.host]);
}

(async () => {
  await shown(pair('local'));
  await shown(pair('rsa'));
  await shown({ ...pair('leaf'), cert: file('leaf_chain.crt') }, file('root.crt'), true);
  await shown({ ...pair('leaf'), cert: file('leaf_chain.crt') }, undefined, true);
  await shown(pair('local'), undefined, true);

  check('a.com', 'DNS:a.com');
  check('A.com', 'DNS:a.COM');
  check('a.com.', 'DNS:a.com');
  check('b.com', 'DNS:a.com, DNS:*.a.com');
  check('x.a.com', 'DNS:*.a.com');
  check('x.y.a.com', 'DNS:*.a.com');
  check('a.com', 'DNS:*.a.com');
  check('foo.a.com', 'DNS:f*.a.com');
  check('goo.a.com', 'DNS:f*.a.com');
  check('foo.com', 'DNS:*.com');
  check('foo.com', 'DNS:*');
  check('a.com', undefined, 'a.com');
  check('b.com', undefined, 'a.com');
  check('a.com', 'DNS:b.com', 'a.com');
  check('a.com', 'URI:http://a.com/', 'a.com');
  check('a.com', undefined, ['b.com', 'a.com']);
  check('a.com', undefined, undefined);
  check('127.0.0.1', 'IP Address:127.0.0.1');
  check('127.0.0.1', 'IP Address:127.0.0.2', '127.0.0.1');
  check('127.0.0.1', undefined, '127.0.0.1');

  const rsa = new X509Certificate(file('rsa.crt'));
  console.log(rsa, rsa.toLegacyObject().infoAccess, rsa.keyUsage, rsa.ca, rsa.publicKey.asymmetricKeyType);
  console.log(rsa.checkHost('a.test'), rsa.checkHost('b.test'), rsa.checkEmail('x@y.z'), rsa.checkEmail('y@y.z'), rsa.checkIP('127.0.0.1'));
  console.log(rsa.verify(rsa.publicKey), rsa.checkIssued(rsa), rsa.checkPrivateKey(createPrivateKey(file('rsa.key'))),
              rsa.checkPrivateKey(createPrivateKey(file('local.key'))));
  console.log(rsa.toString() === String(file('rsa.crt')), rsa.toJSON() === rsa.toString(), rsa.raw.length, rsa.issuerCertificate);
  const [root, middle, leaf] = ['root', 'middle', 'leaf'].map((name) => new X509Certificate(file(`${name}.crt`)));
  console.log(leaf.checkIssued(middle), middle.checkIssued(root), leaf.checkIssued(root), leaf.verify(middle.publicKey), leaf.verify(root.publicKey));
  console.log(root.subject, '|', root.issuer, '|', leaf.subjectAltName, leaf.keyUsage, root.ca, leaf.ca);
  console.log(createPublicKey(file('rsa.crt')).equals(rsa.publicKey), new X509Certificate(rsa.raw).fingerprint256 === rsa.fingerprint256);
  refuse(() => new X509Certificate('no certificate'));
  refuse(() => new X509Certificate(5));
})();
