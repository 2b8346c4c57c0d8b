// TLS over a pair of streams, over a socket that exists, and over another TLS connection.
const tls = require('tls');
const net = require('net');
const { duplexPair } = require('stream');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const key = read('one-key.pem');
const cert = read('one-cert.pem');
const ca = read('ca-cert.pem');
function overPair(done) {
  const [a, b] = duplexPair();
  const server = new tls.TLSSocket(b, { isServer: true, key, cert });
  server.on('data', (d) => server.end(`pair ${d}`));
  const client = tls.connect({ socket: a, servername: 'one.example', ca }, () => client.write('one'));
  client.setEncoding('utf8').on('data', console.log).on('end', () => { client.end(); done(); });
}
function overSocket(done) {
  const server = tls.createServer({ key, cert }, (s) => s.on('data', (d) => s.end(`socket ${d}`)));
  server.listen(0, '127.0.0.1', () => {
    const raw = net.connect(server.address().port, '127.0.0.1');
    const client = tls.connect({ socket: raw, servername: 'one.example', ca }, () => client.write('two'));
    client.setEncoding('utf8').on('data', console.log).on('close', () => server.close(done));
  });
}
overPair(() => overSocket(() => console.log('done')));
