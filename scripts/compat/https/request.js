// A request and its answer over TLS, with an agent that keeps the connection.
const https = require('https');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, '..', 'tls', 'fixtures', name));
const server = https.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem') }, (req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (d) => { body += d; }).on('end', () => {
    res.writeHead(200, { 'X-Encrypted': String(req.socket.encrypted) });
    res.end(`${req.method} ${req.url} ${body.length}`);
  });
});
const agent = new https.Agent({ keepAlive: true, ca: read('ca-cert.pem'), servername: 'one.example' });
console.log(agent.defaultPort, agent.protocol, agent.getName({ host: 'h', port: 1, servername: 's', ca: 'c' }));
server.listen(0, '127.0.0.1', () => {
  const ask = (left) => {
    const req = https.request({ port: server.address().port, host: '127.0.0.1', path: `/${left}`, method: 'POST', agent }, (res) => {
      console.log(res.statusCode, res.headers['x-encrypted'], req.reusedSocket, res.socket.authorized);
      res.setEncoding('utf8').on('data', console.log).on('end', () => setImmediate(() => {
        if (left) return ask(left - 1);
        agent.destroy();
        server.close(() => console.log('closed'));
      }));
    });
    req.end('x'.repeat(70000));
  };
  ask(2);
});
