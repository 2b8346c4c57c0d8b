// A body that the handler never reads is dropped, and the connection goes on.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log(req.method, req.url);
  res.sendDate = false;
  res.on('finish', () => console.log('finish', req.url));
  req.on('close', () => console.log('close', req.url, req.readableEnded, req.complete));
  res.end(req.url);
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const body = 'x'.repeat(300000);
  let answer = '';
  socket.write(`POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  socket.write('GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); server.close(); });
});
