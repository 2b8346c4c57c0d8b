// https.Agent: names of connections, the cache of sessions, sockets that leave the tables, and
// the forms of createConnection.
const https = require('https');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, '../tls/fixtures', name));
console.log(https.globalAgent.options.protocol, https.globalAgent.options.defaultPort, https.globalAgent.maxCachedSessions);
const agent = new https.Agent({ maxCachedSessions: 2, keepAlive: false });
console.log(agent._sessionCache, agent.protocol, agent.defaultPort);
for (const options of [undefined, {}, { host: 'a', port: 1 }, { host: 'a', servername: 'b', ca: 'ca', cert: 'c', key: 'k', rejectUnauthorized: false, minVersion: 'TLSv1.2' },
  { servername: 'a', host: 'a' }, { ca: ['a', 'b'], honorCipherOrder: true, secureOptions: 1, sigalgs: 'RSA' }, { ecdhCurve: 'e', dhparam: 'd', sessionIdContext: 's', crl: 'crl', pfx: 'p' }]) {
  console.log(JSON.stringify(agent.getName(options)));
}
for (const [key, value] of [['a', 1], ['b', 2], ['a', 3], ['c', 4]]) agent._cacheSession(key, value);
console.log(agent._sessionCache, agent._getSession('a'), agent._getSession('c'));
agent._evictSession('c');
agent._evictSession('none');
console.log(agent._sessionCache);
const server = https.createServer({ key: read('one-key.pem'), cert: read('one-cert.pem') }, (req, res) => res.end(req.headers.host.replace(/\d+$/, 'port')));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const tables = () => [Object.keys(agent.sockets).length, Object.keys(agent.freeSockets).length, Object.keys(agent.requests).length];
  const options = { port, host: '127.0.0.1', agent, ca: read('ca-cert.pem'), headers: { host: 'one.example' } };
  https.get(options, (res) => {
    console.log(res.statusCode, tables(), Object.keys(agent.sockets)[0].includes(':one.example:'));
    res.resume().req.on('close', () => {
      console.log('closed', tables(), agent._sessionCache.list.length);
      const forms = [[{ port, host: '127.0.0.1', rejectUnauthorized: false }], [port, { host: '127.0.0.1', rejectUnauthorized: false, port: 1 }],
        [port, '127.0.0.1', { rejectUnauthorized: false, port: 1, host: 'nowhere.invalid' }], [port, '127.0.0.1', null], [port, '127.0.0.1']];
      (function next() {
        const args = forms.shift();
        if (!args) return server.close(() => console.log('end'));
        const s = agent.createConnection(...args);
        s.on('secureConnect', () => {
          console.log('secure', s.authorized);
          s.destroy();
        });
        s.on('error', (e) => console.log(e.code));
        s.on('close', next);
      })();
    });
  });
});
