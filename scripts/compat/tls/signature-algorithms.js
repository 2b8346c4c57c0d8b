// The option sigalgs on a server: names that are known and unknown, what both sides share, and
// what fails.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const lists = ['RSA-PSS+SHA384', 'RSA-PSS+SHA384:RSA-PSS+SHA256:ECDSA+SHA256', 'rsa_pss_rsae_sha256:ecdsa_secp256r1_sha256', 'ed25519:RSA+SHA256:RSA-PSS+SHA512', 'ecdsa_secp521r1_sha512',
  'RSA+SHA1', 'none+such', 'none', ':', '', 1];
(function next() {
  if (!lists.length) return;
  const sigalgs = lists.shift();
  try {
    const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), sigalgs }, (s) => {
      console.log(sigalgs, s.getSharedSigalgs());
      s.end('x');
    });
    server.on('tlsClientError', (e) => console.log(sigalgs, e.code));
    server.listen(0, '127.0.0.1', () => {
      const c = tls.connect({ port: server.address().port, rejectUnauthorized: false }, () => {
        setImmediate(() => console.log(c.getSharedSigalgs(), c.getCipher(), c.getEphemeralKeyInfo()));
      });
      c.on('error', (e) => console.log(e.code));
      c.resume().on('close', () => server.close(next));
    });
  } catch (e) {
    console.log(sigalgs, e.name, e.code, e.message);
    next();
  }
})();
