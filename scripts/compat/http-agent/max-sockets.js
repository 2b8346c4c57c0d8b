// maxSockets 1: requests wait, one socket carries all, in order.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let connections = 0;
const server = http.createServer((req, res) => { console.log('server', req.url); res.end(req.url); });
server.on('connection', () => console.log('connection', ++connections));
server.listen(0, '127.0.0.1', () => {
  const name = `127.0.0.1:${server.address().port}:`;
  let left = 5;
  for (let i = 1; i <= 5; i++) {
    const req = http.get({ port: server.address().port, host: '127.0.0.1', agent, path: `/${i}` }, (res) => {
      res.resume();
      res.on('end', () => {
        console.log('end', i, req.reusedSocket);
        if (--left === 0) { agent.destroy(); server.close(); }
      });
    });
    console.log(i, agent.sockets[name].length, agent.requests[name] ? agent.requests[name].length : 0);
  }
});
