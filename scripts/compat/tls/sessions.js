// Sessions that a server keeps ('newSession', 'resumeSession') and what its clients hear of them:
// the events of each side in their order, each of them once.
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const { constants } = require('crypto');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const cases = [];
for (const version of ['TLSv1.2', 'TLSv1.3']) {
  for (const tickets of [true, false]) for (const resume of [false, true]) cases.push([version, tickets, resume]);
}
(function next() {
  if (!cases.length) return;
  const [version, tickets, resume] = cases.shift();
  console.log(version, tickets ? 'tickets' : 'no tickets', resume ? 'resumeSession' : '');
  const seen = { client: [], server: [] };
  const note = (side, ...what) => {
    const text = what.join(' ');
    if (seen[side].at(-1) !== text) seen[side].push(text);
  };
  const store = {};
  const server = tls.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem'), maxVersion: version,
    secureOptions: tickets ? 0 : constants.SSL_OP_NO_TICKET }, (s) => {
    note('server', 'connection', s.isSessionReused());
    s.end('x');
  });
  server.on('newSession', (id, data, done) => {
    note('server', 'new', id.length, Buffer.isBuffer(data));
    store[id.toString('hex')] = data;
    done();
  });
  if (resume) {
    server.on('resumeSession', (id, done) => {
      note('server', 'resume', id.length, id.toString('hex') in store);
      setImmediate(done, null, store[id.toString('hex')] ?? null);
    });
  }
  server.listen(0, '127.0.0.1', () => {
    let session;
    let left = 2;
    (function connect() {
      const c = tls.connect({ port: server.address().port, rejectUnauthorized: false, session }, () => {
        note('client', 'secure', c.isSessionReused(), Buffer.isBuffer(c.getSession()));
      });
      c.on('session', (s) => {
        session ??= s;
        note('client', 'session', c.getTLSTicket() !== undefined);
      });
      c.resume().on('close', () => {
        if (--left) return connect();
        server.close(() => {
          console.log(seen);
          next();
        });
      });
    })();
  });
})();
