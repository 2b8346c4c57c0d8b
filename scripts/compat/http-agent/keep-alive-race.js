// The server closes an idle socket: the agent forgets it before the next request.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true });
let connections = 0;
const server = http.createServer((req, res) => res.end('x'));
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  http.get(options, (res) => {
    const { socket } = res;
    res.resume();
    res.on('end', () => setImmediate(() => server.closeIdleConnections()));
    socket.on('close', () => {
      console.log(Object.keys(agent.freeSockets).length);
      const req = http.get(options, (res) => {
        console.log('second', req.reusedSocket, connections);
        res.resume();
        res.on('end', () => { agent.destroy(); server.close(); });
      });
    });
  });
});
