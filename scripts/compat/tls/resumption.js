// A session that is given to the next connection, in both versions of the protocol.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
(function next(version) {
  if (!version) return;
  const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), maxVersion: version }, (s) => s.end('x'));
  server.listen(0, '127.0.0.1', () => {
    const options = { port: server.address().port, host: '127.0.0.1', servername: 'one.example', ca: read('ca-cert.pem') };
    let session;
    const first = tls.connect(options, () => console.log(version, first.isSessionReused(), first.authorized));
    first.once('session', (s) => { session = s; }).resume().on('close', () => {
      console.log(Buffer.isBuffer(session));
      const second = tls.connect({ ...options, session }, () => console.log(version, second.isSessionReused(), second.authorized));
      second.resume().on('close', () => server.close(() => next(version === 'TLSv1.2' ? 'TLSv1.3' : null)));
    });
  });
})('TLSv1.2');
