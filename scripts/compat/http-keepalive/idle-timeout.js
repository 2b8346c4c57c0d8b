// An idle kept connection is closed after keepAliveTimeout (and its buffer).
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer({ keepAliveTimeout: 50, keepAliveTimeoutBuffer: 0 }, (req, res) => {
  console.log('request', req.url);
  res.sendDate = false;
  res.end(req.url);
});
server.on('connection', (socket) => socket.on('close', () => console.log('socket closed')));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
  let count = 0;
  socket.on('data', () => {
    if (++count === 1) socket.write('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
  });
  socket.on('end', () => console.log('end after', count));
  socket.on('close', () => server.close());
});
