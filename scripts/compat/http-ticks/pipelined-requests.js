// Two requests in one packet: no ticks between their handlers.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  process.nextTick(() => console.log('tick', req.url));
  Promise.resolve().then(() => console.log('promise', req.url));
  setImmediate(() => console.log('immediate', req.url));
  req.on('end', () => console.log('end', req.url));
  req.resume();
  res.on('finish', () => console.log('finish', req.url));
  res.end();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.resume();
  socket.on('close', () => server.close());
});
