// maxSockets without keepAlive: the socket is handed on while others wait, as long as the server keeps it.
'use strict';

const http = require('http');

const agent = new http.Agent({ maxSockets: 2 });
let connections = 0;
const server = http.createServer((req, res) => res.end(req.headers.connection));
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  let left = 6;
  const done = [];
  for (let i = 1; i <= 6; i++) {
    http.get({ port: server.address().port, host: '127.0.0.1', agent, path: `/${i}` }, (res) => {
      res.setEncoding('utf8');
      res.on('data', (text) => done.push(`${i} ${text}`));
      res.on('end', () => { if (--left === 0) { console.log(done.sort(), connections); server.close(); } });
    });
  }
  console.log(Object.values(agent.sockets)[0].length, Object.values(agent.requests)[0].length);
});
