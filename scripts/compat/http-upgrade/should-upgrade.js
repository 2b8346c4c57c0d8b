// shouldUpgradeCallback decides alone: true without a listener of 'upgrade'
// ends the connection, false makes it an ordinary request.
'use strict';
const http = require('http');

function ask(answer, next) {
  const server = http.createServer({ shouldUpgradeCallback(req) { console.log('asked', req.headers.upgrade); return answer; } });
  server.on('request', (req, res) => { console.log('request'); res.end('plain'); });
  server.listen(0, '127.0.0.1', () => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false, headers: { Upgrade: 'x', Connection: 'Upgrade' } });
    req.on('response', (res) => { console.log('response', res.statusCode); res.resume(); });
    req.on('error', (e) => console.log('error', e.code));
    req.on('close', () => { console.log('close'); server.close(next); });
  });
}
ask(false, () => ask(true, () => console.log('done')));
