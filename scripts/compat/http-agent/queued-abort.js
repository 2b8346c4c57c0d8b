// A request destroyed while it waits for a socket leaves the queue.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((req, res) => { console.log('server', req.url); setImmediate(() => res.end('x')); });
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  const first = http.get({ ...options, path: '/1' }, (res) => res.resume());
  const second = http.get({ ...options, path: '/2' }, () => console.log('answered?'));
  const third = http.get({ ...options, path: '/3' }, (res) => {
    res.resume();
    res.on('end', () => { console.log('third done'); setImmediate(() => { agent.destroy(); server.close(); }); });
  });
  second.on('error', (err) => console.log('second', err.code, err.message));
  second.on('abort', () => console.log('abort event'));
  second.on('close', () => console.log('second close', second.destroyed, second.socket));
  second.destroy();
  console.log(second.destroyed, third.destroyed, first.destroyed);
});
