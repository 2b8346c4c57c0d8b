// A thousand pipelined requests, answered in order, some of them late.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  const answer = () => res.end(`[${req.url}]`);
  const n = Number(req.url.slice(1));
  if (n % 3 === 0) setImmediate(answer);
  else if (n % 3 === 1) process.nextTick(answer);
  else answer();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  for (let i = 0; i < 1000; i++) socket.write(`GET /${i} HTTP/1.1\r\nHost: a\r\n${i === 999 ? 'Connection: close\r\n' : ''}\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => {
    const got = answer.match(/\[\/\d+\]/g);
    console.log(got.length, got.every((text, i) => text === `[/${i}]`));
    server.close();
  });
});
