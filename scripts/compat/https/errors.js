// Requests that cannot be: wrong protocol, untrusted server, plain http on either side.
const https = require('https');
const http = require('http');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, '..', 'tls', 'fixtures', name));
try {
  https.request('http://127.0.0.1/');
} catch (e) {
  console.log(e.name, e.code, e.message);
}
const secure = https.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem') }, (req, res) => res.end('x'));
secure.on('tlsClientError', (e) => console.log('server', e.code));
secure.listen(0, '127.0.0.1', () => {
  const port = secure.address().port;
  https.get({ port, host: '127.0.0.1' }).on('error', (e) => {
    console.log('client', e.code, e.message);
    http.get({ port, host: '127.0.0.1' }).on('error', (e) => {
      console.log('plain client', e.code);
      secure.close();
    });
  });
});
