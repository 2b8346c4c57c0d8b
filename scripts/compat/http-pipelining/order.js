// Responses leave in the order of the requests, whichever is ready first.
'use strict';

const http = require('http');
const net = require('net');

const waiting = [];
const server = http.createServer((req, res) => {
  console.log('request', req.url, res.socket !== null);
  res.sendDate = false;
  res.on('socket', () => console.log('socket for', req.url));
  res.on('finish', () => console.log('finish', req.url));
  res.on('close', () => console.log('close', req.url));
  waiting.push(res);
  if (waiting.length === 3) {
    for (const [i, answer] of [...waiting.entries()].reverse()) {
      console.log('answer', i + 1, answer.write('a'), answer.end(`answer ${i + 1}`) === answer, answer.writableLength, answer.writableFinished);
    }
  }
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(answer.split('\r\n')); server.close(); });
});
