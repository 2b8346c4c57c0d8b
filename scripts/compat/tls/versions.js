// Versions of the protocol that do and do not meet: the error of each side.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const ciphers = 'DEFAULT@SECLEVEL=0';
const cases = [
  [{}, {}], [{ maxVersion: 'TLSv1.2' }, {}], [{ minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' }], [{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }],
  [{ secureProtocol: 'TLSv1_1_method', ciphers }, {}], [{ secureProtocol: 'TLSv1_method', ciphers }, { secureProtocol: 'SSLv23_method' }],
  [{ secureProtocol: 'SSLv23_method' }, { secureProtocol: 'TLSv1_method', ciphers }], [{}, { secureProtocol: 'TLSv1_1_method', ciphers }],
  [{ secureProtocol: 'TLSv1_2_method' }, { secureProtocol: 'TLS_method' }], [{ minVersion: 'TLSv1', ciphers }, { secureProtocol: 'TLSv1_1_method', ciphers }],
  [{ secureProtocol: 'SSLv3_method' }, {}], [{ secureProtocol: 'nothing' }, {}], [{ minVersion: 'TLSv1.4' }, {}], [{ minVersion: 'TLSv1.2', secureProtocol: 'TLSv1_2_method' }, {}],
];
(function next() {
  if (!cases.length) return;
  const [client, server] = cases.shift();
  console.log(client, server);
  const s = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), ...server }, (c) => c.end('x'));
  const heard = {};
  s.on('tlsClientError', (e) => { heard.server = e.code; });
  s.listen(0, '127.0.0.1', () => {
    try {
      const c = tls.connect({ port: s.address().port, rejectUnauthorized: false, ...client }, () => { heard.protocol = c.getProtocol(); });
      c.on('error', (e) => { heard.client = e.code; });
      c.resume().on('close', () => s.close(() => {
        console.log(heard.protocol, heard.client, heard.server);
        next();
      }));
    } catch (e) {
      console.log(e.name, e.code, e.message);
      s.close(next);
    }
  });
})();
