// An upgrade behind a request on the same connection; and bytes in the same packet.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  res.sendDate = false;
  res.end('first');
});
server.on('upgrade', (req, socket, head) => {
  console.log('upgrade', req.url, JSON.stringify(String(head)));
  socket.end('raw');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nGET /3 HTTP/1.1\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); server.close(); });
});
