// What is trusted: addCACert on contexts with and without authorities, and the words for what is not.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const context = (options, ...added) => {
  const c = tls.createSecureContext(options);
  for (const name of added) c.context.addCACert(read(name));
  return c;
};
const roots = tls.rootCertificates.length;
const cases = [{ secureContext: context() }, { secureContext: context({}, 'ca-cert.pem') }, { secureContext: context({ ca: read('two-cert.pem') }, 'ca-cert.pem') },
  { secureContext: context({ ca: [] }, 'two-cert.pem') }, { ca: read('ca-cert.pem') }, { ca: [] }, { ca: '' }, { ca: read('one-cert.pem'), allowPartialTrustChain: true }];
const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem') }, (s) => s.end());
const chain = tls.createServer({ key: read('one-key.pem'), cert: Buffer.concat([read('one-cert.pem'), Buffer.from('\n'), read('ca-cert.pem')]) }, (s) => s.end());
for (const s of [server, chain]) s.on('tlsClientError', () => {});
const run = (s, list, done) => s.listen(0, '127.0.0.1', function next() {
  const options = list.shift();
  if (!options) return s.close(done);
  const c = tls.connect({ port: s.address().port, servername: 'one.example', ...options }, () => console.log('trusted', c.authorized));
  c.on('error', (e) => console.log(e.code, e.message));
  c.resume().on('close', next);
});
run(server, [...cases], () => run(chain, [{}, { ca: read('ca-cert.pem') }], () => {
  console.log(roots === tls.rootCertificates.length, tls.getCACertificates('bundled') === tls.rootCertificates);
  for (const value of ['text', '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----', undefined, 1]) {
    try {
      console.log(tls.createSecureContext().context.addCACert(value));
    } catch (e) {
      console.log(e.name, e.code);
    }
  }
}));
