// The agent's timeout sets the socket's, a request's own overrides it, and the response restores it.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => res.end('x'));
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1, timeout: 4000 });
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  const get = (extra, done) => {
    const req = http.get({ ...options, ...extra }, (res) => {
      const { socket } = res;
      console.log(JSON.stringify(extra), 'in response', socket.timeout, req.timeout);
      res.resume();
      res.on('end', () => setImmediate(() => { console.log('free', socket.timeout, req.reusedSocket); done(); }));
    });
  };
  get({}, () => get({ timeout: 2000 }, () => get({}, () => { agent.destroy(); server.close(); })));
});
