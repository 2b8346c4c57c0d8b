// scheduling: lifo takes the socket that was free last, fifo the one that waits longest.
'use strict';

const http = require('http');

function run(scheduling, done) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 3, scheduling });
  const server = http.createServer((req, res) => { waiting.push(res); if (waiting.length === 3) for (const r of waiting.splice(0)) r.end('x'); });
  const waiting = [];
  server.listen(0, '127.0.0.1', () => {
    const options = { port: server.address().port, host: '127.0.0.1', agent };
    const sockets = [];
    let left = 3;
    for (let i = 0; i < 3; i++) {
      http.get(options, (res) => {
        res.resume();
        res.on('end', () => setImmediate(() => {
          sockets.push(res.socket);
          if (--left > 0) return;
          const free = [...agent.freeSockets[agent.getName(options)]];
          const req = http.get(options);
          req.on('error', () => {});
          req.on('socket', (socket) => {
            console.log(scheduling, free.indexOf(socket), req.reusedSocket);
            agent.destroy();
            server.closeAllConnections();
            server.close(done);
          });
        }));
      });
    }
  });
}
run('lifo', () => run('fifo', () => run(undefined)));
