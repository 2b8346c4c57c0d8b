// OCSP stapling: 'OCSPRequest' on the server, 'OCSPResponse' on the client, and a server that has
// no answer, or an error.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const cases = [];
for (const version of ['TLSv1.2', 'TLSv1.3']) for (const answer of ['response', null, new Error('no')]) cases.push([version, answer]);
(function next() {
  if (!cases.length) return;
  const [version, answer] = cases.shift();
  console.log(version, String(answer));
  const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), ca: read('ca-cert.pem'), maxVersion: version }, (s) => s.end('x'));
  server.on('OCSPRequest', (cert, issuer, done) => {
    console.log('request', Buffer.isBuffer(cert), Buffer.isBuffer(issuer));
    setImmediate(() => (answer instanceof Error ? done(answer) : done(null, answer && Buffer.from(answer))));
  });
  server.on('tlsClientError', (e) => console.log('tlsClientError', e.message));
  server.listen(0, '127.0.0.1', () => {
    const c = tls.connect({ port: server.address().port, rejectUnauthorized: false, requestOCSP: true }, () => console.log('secure'));
    c.on('OCSPResponse', (r) => console.log('response', r && r.toString()));
    c.on('error', (e) => console.log(e.code));
    c.resume().on('close', () => server.close(next));
  });
})();
