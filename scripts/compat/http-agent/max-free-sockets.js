// maxFreeSockets: more than these are closed when they become free.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 2 });
const waiting = [];
const server = http.createServer((req, res) => { waiting.push(res); if (waiting.length === 5) for (const r of waiting) r.end('x'); });
server.listen(0, '127.0.0.1', () => {
  let left = 5;
  for (let i = 0; i < 5; i++) {
    http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => {
      res.resume();
      res.on('close', () => {
        if (--left > 0) return;
        setImmediate(() => {
          console.log(Object.values(agent.freeSockets).map((l) => l.length), Object.values(agent.sockets).map((l) => l.length));
          agent.destroy();
          server.close();
        });
      });
    });
  }
});
