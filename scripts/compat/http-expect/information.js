// 1xx answers before the real one: information for each, continue for 100 only.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.once('data', () => {
    socket.write('HTTP/1.1 102 Processing\r\nFoo: bar\r\n\r\n');
    socket.write('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\nLink: b\r\n\r\n');
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
  });
});
server.listen(0, '127.0.0.1', () => {
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  req.on('continue', () => console.log('continue'));
  req.on('information', (info) => console.log('information', info));
  req.on('response', (res) => {
    console.log('response', res.statusCode, req.res === res);
    res.resume();
    res.on('end', () => server.close());
  });
});
