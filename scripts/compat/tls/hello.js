// A secure connection from end to end: what both sides know of it.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const log = [];
const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), ca: read('ca-cert.pem'), requestCert: true }, (s) => {
  log.push(['server', s.encrypted, s.authorized, s.servername, s.alpnProtocol, s.getProtocol(), s.getPeerCertificate().subject]);
  s.setEncoding('utf8').on('data', (d) => s.end(d.toUpperCase())).on('end', () => log.push('server end'));
  s.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  const client = tls.connect({
    port: server.address().port, host: '127.0.0.1', servername: 'one.example', ca: read('ca-cert.pem'), key: read('two-key.pem'), cert: read('two-cert.pem'),
  }, () => {
    console.log(client.authorized, client.authorizationError, client.encrypted, client.getProtocol(), client.alpnProtocol, client.isSessionReused());
    const peer = client.getPeerCertificate(true);
    console.log(peer.subject, peer.subjectaltname, peer.issuerCertificate.subject, peer.issuerCertificate.issuerCertificate === peer.issuerCertificate);
    console.log(client.getPeerX509Certificate().subject, client.getCertificate().subject);
    client.end('hello');
  });
  const heard = [];
  client.setEncoding('utf8').on('data', (d) => heard.push(d)).on('end', () => heard.push('end')).on('close', (e) => heard.push(['close', e]));
  process.on('exit', () => console.log(log, heard));
});
