// keepAlive false: a new socket for each request, closed after the answer.
'use strict';

const http = require('http');

const agent = new http.Agent();
const server = http.createServer((req, res) => { console.log('server', req.headers.connection); res.end('x'); });
server.listen(0, '127.0.0.1', () => {
  const sockets = new Set();
  const get = (n) => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => {
      sockets.add(res.socket);
      console.log(n, res.headers.connection, req.shouldKeepAlive, req.reusedSocket);
      res.resume();
    });
    req.on('close', () => { console.log(n, 'close', sockets.size, Object.keys(agent.sockets).length); if (n < 3) get(n + 1); else server.close(); });
  };
  get(1);
});
