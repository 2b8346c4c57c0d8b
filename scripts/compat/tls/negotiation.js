// Contexts by name, protocols, versions, and what both sides say where they do not agree.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const pair = (name) => ({ key: read(`${name}-key.pem`), cert: read(`${name}-cert.pem`) });
const cases = [
  [{}, { servername: 'a.two.example' }],
  [{ ALPNProtocols: ['x', 'y'] }, { ALPNProtocols: ['y', 'x'] }],
  [{ ALPNProtocols: ['x'] }, { ALPNProtocols: ['z'] }],
  [{ ALPNCallback: ({ servername, protocols }) => protocols[1] }, { servername: 'one.example', ALPNProtocols: ['p', 'q'] }],
  [{ maxVersion: 'TLSv1.2' }, {}],
  [{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }],
  [{ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }, { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' }],
  [{ requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }, {}],
  [{ SNICallback: (name, done) => done(null, tls.createSecureContext(pair('two'))) }, { servername: 'any' }],
];
(function next() {
  const [so, co] = cases.shift() ?? [];
  if (!so) return;
  const lines = { server: [], client: [] };
  const server = tls.createServer({ ...pair('one'), ...so }, (s) => {
    lines.server.push(['secure', s.servername, s.alpnProtocol]);
    s.on('error', () => {}).end();
  });
  server.addContext('*.two.example', tls.createSecureContext(pair('two')));
  server.on('tlsClientError', (e) => lines.server.push([e.code, e.reason]));
  server.on('close', () => {
    console.log(lines.server, lines.client);
    next();
  });
  server.listen(0, '127.0.0.1', () => {
    const client = tls.connect({ port: server.address().port, host: '127.0.0.1', rejectUnauthorized: false, ...co }, () => {
      lines.client.push([client.getPeerCertificate().subject.CN, client.alpnProtocol, client.getProtocol(), client.authorized]);
    });
    client.on('error', (e) => lines.client.push([e.code, e.reason])).on('close', () => server.close()).resume();
  });
})();
