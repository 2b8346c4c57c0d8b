// An idle pooled socket does not keep the process alive.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true });
const server = http.createServer({ keepAliveTimeout: 0 }, (req, res) => res.end('x'));
server.on('connection', (socket) => socket.unref());
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => {
    res.resume();
    res.on('end', () => setImmediate(() => {
      console.log(Object.values(agent.freeSockets).map((l) => l.length));
      server.unref();
    }));
  });
});
process.on('exit', (code) => console.log('exit', code));
