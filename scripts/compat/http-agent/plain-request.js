// An agent finds sockets for objects that only look like requests.
'use strict';
const http = require('http');
const agent = new http.Agent({ maxSockets: 1 });
agent.maxSockets = 0;
const req = { getHeader() {} };
agent.addRequest(req, 'localhost', 8080, '127.0.0.1');
agent.addRequest(req, { host: 'localhost', port: 8080, localAddress: '127.0.0.1', path: '/foo' });
console.log(Object.keys(agent.requests), agent.requests['localhost:8080:127.0.0.1'].length, agent.requests['localhost:8080:127.0.0.1'][0] === req);

const other = new http.Agent();
const server = require('net').createServer((c) => c.end()).listen(0, '127.0.0.1', () => {
  other.addRequest({ getHeader() {}, onSocket(s, err) {
    console.log('socket', s.constructor.name, err);
    s.destroy();
    s.on('close', () => server.close());
  } }, { host: '127.0.0.1', port: server.address().port });
});
