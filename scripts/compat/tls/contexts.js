// What createSecureContext refuses, names of servers, and the module's constants.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const attempt = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
for (const options of [{ cert: 1 }, { key: true }, { ca: 5 }, { ciphers: 'NONE' }, { ciphers: 1 }, { cert: 'text' }, { key: 'text' },
  { key: read('one-key.pem'), cert: read('two-cert.pem') }, { minVersion: 'x' }, { secureProtocol: 'x' }, { secureProtocol: 'TLS_method', minVersion: 'TLSv1.2' },
  { ecdhCurve: 'none' }, { ticketKeys: Buffer.alloc(3) }, { sessionTimeout: 'x' }, { key: { pem: 1 } }]) attempt(() => tls.createSecureContext(options));
attempt(() => tls.createSecureContext({ key: read('one-key.pem'), cert: read('one-cert.pem') }));
for (const [host, cert] of [['a.com', { subject: { CN: 'a.com' } }], ['b.com', { subject: { CN: 'a.com' } }], ['x.a.com', { subjectaltname: 'DNS:*.a.com' }],
  ['a.com', { subjectaltname: 'DNS:*.a.com', subject: { CN: 'a.com' } }], ['10.0.0.1', { subjectaltname: 'IP Address:10.0.0.1' }],
  ['10.0.0.2', { subjectaltname: 'IP Address:10.0.0.1' }], ['a.com', {}], ['a.com', { subjectaltname: 'DNS:"a.com\\u002c DNS:b.com"' }]]) {
  const e = tls.checkServerIdentity(host, cert);
  console.log(e && [e.code, e.message, e.host]);
}
console.log(tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_ECDH_CURVE, tls.getCiphers().length, Object.isFrozen(tls.rootCertificates), tls.rootCertificates.length > 100);
attempt(() => tls.createServer().addContext());
attempt(() => tls.createServer(1));
attempt(() => tls.createServer({ ALPNCallback() {}, ALPNProtocols: ['x'] }));
