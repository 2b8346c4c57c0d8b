// HEAD, 204, 304 and 1xx have no body, whatever is written.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.sendDate = false;
  res.statusCode = Number(req.url.slice(1));
  console.log(req.method, req.url, res.write('some'), res.end('body') === res);
});
const requests = ['HEAD /200', 'GET /204', 'GET /304', 'GET /205', 'HEAD /204', 'HEAD /404', 'POST /204'];
server.listen(0, '127.0.0.1', function next() {
  const request = requests.shift();
  if (!request) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write(`${request} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(request, JSON.stringify(answer)); next(); });
});
