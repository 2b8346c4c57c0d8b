// http.METHODS, and each of them as a request (CONNECT apart).
'use strict';

const http = require('http');
const net = require('net');

console.log(http.METHODS.join(' '));
console.log(Object.isFrozen(http.METHODS), http.METHODS.length);

const server = http.createServer((req, res) => {
  console.log(req.method, req.url);
  res.end();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const methods = http.METHODS.filter((method) => method !== 'CONNECT');
  methods.forEach((method, i) => {
    const last = i === methods.length - 1;
    socket.write(`${method} /${i} HTTP/1.1\r\nHost: a\r\n${last ? 'Connection: close\r\n' : ''}\r\n`);
  });
  socket.resume();
  socket.on('close', () => server.close());
});
