// A socket's timeout between requests is keepAliveTimeout and its buffer, and server.timeout again after.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer({ keepAliveTimeout: 3000, keepAliveTimeoutBuffer: 500 }, (req, res) => {
  console.log(req.url, 'in handler', req.socket.timeout);
  res.end('x');
  res.on('close', () => console.log(req.url, 'after', req.socket.timeout));
});
server.timeout = 60000;
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
  let n = 1;
  socket.on('data', () => {
    if (++n > 3) { socket.destroy(); server.close(); return; }
    setImmediate(() => socket.write(`GET /${n} HTTP/1.1\r\nHost: a\r\n\r\n`));
  });
});
