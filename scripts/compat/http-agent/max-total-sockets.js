// maxTotalSockets counts over all hosts.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxTotalSockets: 2, maxSockets: 5 });
const server = http.createServer((req, res) => setImmediate(() => res.end(req.url)));
server.listen(0, '127.0.0.1', () => {
  let left = 6;
  let most = 0;
  for (let i = 1; i <= 6; i++) {
    const req = http.get({ port: server.address().port, host: i % 2 ? '127.0.0.1' : 'localhost', family: 4, agent, path: `/${i}` }, (res) => {
      most = Math.max(most, agent.totalSocketCount);
      res.resume();
      res.on('end', () => { if (--left === 0) { console.log('most', most); agent.destroy(); server.close(); } });
    });
    req.on('error', (err) => console.log(err.code));
  }
  console.log(agent.totalSocketCount, Object.values(agent.sockets).map((l) => l.length), Object.values(agent.requests).map((l) => l.length));
});
