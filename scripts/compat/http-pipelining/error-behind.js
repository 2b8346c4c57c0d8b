// A bad request behind a good one that is not answered yet.
'use strict';

const http = require('http');
const net = require('net');

let first;
const server = http.createServer((req, res) => {
  console.log('request', req.url);
  res.sendDate = false;
  res.on('close', () => console.log('res close', res.writableFinished));
  req.on('error', (err) => console.log('req error', err.code));
  first = res;
});
server.on('clientError', (err, socket) => {
  console.log('clientError', err.code, socket.writable);
  first.end('late');
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => server.close(() => console.log(JSON.stringify(answer))));
});
