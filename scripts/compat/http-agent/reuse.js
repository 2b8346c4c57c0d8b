// keepAlive: the socket goes from sockets to freeSockets and back, reusedSocket tells.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true });
const tables = () => ['requests', 'sockets', 'freeSockets'].map((t) => `${t} ${Object.values(agent[t]).map((l) => l.length)}`).join(', ');
const server = http.createServer((req, res) => res.end('x'));
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  let first;
  agent.on('free', () => console.log('free event', tables()));
  const get = (n, done) => {
    const req = http.get(options, (res) => {
      if (n === 1) first = res.socket;
      console.log(n, req.reusedSocket, res.socket === first, tables(), agent.totalSocketCount);
      res.on('end', () => console.log(n, 'end', tables()));
      res.resume();
    });
    console.log(n, 'asked', tables());
    req.on('socket', () => console.log(n, 'socket', tables()));
    req.on('close', () => setImmediate(() => { console.log(n, 'closed', tables(), first.destroyed); done(); }));
  };
  get(1, () => get(2, () => { agent.destroy(); setImmediate(() => { console.log('destroyed', first.destroyed); server.close(); }); }));
});
