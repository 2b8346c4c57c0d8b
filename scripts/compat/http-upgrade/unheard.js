// An upgrade nobody listens for is an ordinary request; a CONNECT is closed.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.method, req.headers.upgrade, req.upgrade);
  res.sendDate = false;
  res.end('plain');
});
const heads = [
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUpgrade: websocket\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n\r\nok',
  'CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n',
];
server.listen(0, '127.0.0.1', function next() {
  const head = heads.shift();
  if (!head) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(head));
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; if (answer.includes('keep-alive')) socket.end(); });
  socket.on('error', () => {});
  socket.on('close', () => { console.log(JSON.stringify(answer)); next(); });
});
