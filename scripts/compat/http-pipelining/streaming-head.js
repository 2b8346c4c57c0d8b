// The first response streams while the second waits with its data buffered.
'use strict';

const http = require('http');
const net = require('net');

let first;
const server = http.createServer((req, res) => {
  res.sendDate = false;
  if (req.url === '/1') {
    first = res;
    res.write('1a');
    return;
  }
  console.log('second', res.write('2a'), res.write('2b'), res.writableLength > 0, res.headersSent);
  res.end('2c', () => console.log('second flushed'));
  console.log(res.finished, res.writableFinished);
  first.write('1b');
  first.end('1c', () => console.log('first flushed'));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); server.close(); });
});
