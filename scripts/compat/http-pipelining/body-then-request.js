// A body followed at once by the next request, read late.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.method, req.url);
  res.sendDate = false;
  setImmediate(() => {
    let body = '';
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => res.end(`${req.url} ${body}`));
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' +
               '3\r\ndef\r\n0\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(answer.split('\r\n')); server.close(); });
});
