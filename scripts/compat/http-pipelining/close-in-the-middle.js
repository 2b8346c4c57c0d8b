// A response that closes ends the connection; the requests behind it get nothing.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  res.sendDate = false;
  res.on('close', () => console.log('close', req.url, res.writableFinished));
  if (req.url === '/2') res.setHeader('Connection', 'close');
  res.end(req.url);
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  for (let i = 1; i <= 4; i++) socket.write(`GET /${i} HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => server.close(() => console.log(JSON.stringify(answer))));
});
