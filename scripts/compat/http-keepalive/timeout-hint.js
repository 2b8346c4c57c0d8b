// The Keep-Alive header of an answer, for several keepAliveTimeouts.
'use strict';

const http = require('http');

const timeouts = [5000, 0, 1500, 999, 72000];
(function next() {
  const keepAliveTimeout = timeouts.shift();
  if (keepAliveTimeout === undefined) return;
  const server = http.createServer({ keepAliveTimeout }, (req, res) => res.end());
  server.listen(0, '127.0.0.1', () => {
    const agent = new http.Agent({ keepAlive: true });
    http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => {
      console.log(keepAliveTimeout, res.headers.connection, res.headers['keep-alive']);
      res.resume();
      res.on('close', () => { agent.destroy(); server.close(next); });
    });
  });
})();
