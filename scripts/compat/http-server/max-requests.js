// maxRequestsPerSocket: the last answer says close, later ones get 503, dropRequest tells.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  res.sendDate = false;
  res.end(req.url);
});
server.maxRequestsPerSocket = 2;
server.on('dropRequest', (req, socket) => console.log('dropRequest', req.url, socket.writable));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  for (let i = 1; i <= 4; i++) socket.write(`GET /${i} HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(answer.replace(/Date: .*\r\n/g, '').split('\r\n')); server.close(); });
});
