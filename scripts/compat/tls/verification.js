// What a client says of a server that it cannot trust, with and without rejectUnauthorized.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem') }, (s) => s.on('error', () => {}).end());
server.on('tlsClientError', () => {});
const cases = [
  { ca: read('ca-cert.pem'), servername: 'one.example' },
  { ca: read('ca-cert.pem'), servername: 'x.one.example' },
  { ca: read('ca-cert.pem'), servername: 'two.example' },
  { servername: 'one.example' },
  { ca: read('two-cert.pem'), servername: 'one.example' },
  { ca: read('ca-cert.pem'), servername: 'two.example', rejectUnauthorized: false },
  { servername: 'one.example', rejectUnauthorized: false },
  { ca: read('ca-cert.pem'), servername: 'any', checkServerIdentity: (host, cert) => new Error(`${host} ${cert.subject.CN}`) },
];
server.listen(0, '127.0.0.1', function next() {
  const options = cases.shift();
  if (!options) return server.close();
  const client = tls.connect({ port: server.address().port, host: '127.0.0.1', ...options }, () => console.log('secure', client.authorized, client.authorizationError));
  client.on('error', (e) => console.log(e.code, e.message, e.reason, e.host)).on('close', next).resume();
});
