// A socket that fails or is removed makes room for a waiting request.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let connections = 0;
const server = http.createServer((req, res) => {
  if (req.url === '/drop') req.socket.destroy();
  else res.end('x');
});
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  const drop = http.get({ ...options, path: '/drop' });
  drop.on('error', (err) => console.log('drop', err.code, err.message));
  http.get({ ...options, path: '/next' }, (res) => {
    console.log('next answered', connections);
    res.resume();
    res.on('end', () => {
      const removed = http.get({ ...options, path: '/removed' }, (res) => {
        console.log('removed answered', Object.keys(agent.sockets).length, connections);
        res.resume();
        res.on('close', () => { agent.destroy(); server.closeAllConnections(); server.close(); });
      });
      removed.on('socket', (socket) => socket.emit('agentRemove'));
    });
  });
});
