// A response nobody listens for is dumped, and the connection can be used again.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let connections = 0;
const server = http.createServer((req, res) => res.end(Buffer.alloc(100000)));
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  const req = http.get(options);
  req.on('close', () => console.log('first closed', req.destroyed, req.res.complete));
  http.get(options, (res) => {
    let size = 0;
    res.on('data', (chunk) => { size += chunk.length; });
    res.on('end', () => { console.log('second', size, connections); setImmediate(() => { agent.destroy(); server.close(); }); });
  });
});
