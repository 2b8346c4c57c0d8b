// What goes back where nobody listens for clientError.
'use strict';

const http = require('http');
const net = require('net');

const inputs = [
  'FOO / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nX: nul \0\r\n\r\n',
  `GET / HTTP/1.1\r\nX: ${'x'.repeat(20000)}\r\n\r\n`,
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
];

const server = http.createServer((req, res) => {
  console.log('request', req.headers.host);
  res.sendDate = false;
  res.end('ok');
});
server.listen(0, '127.0.0.1', next);

function next() {
  const input = inputs.shift();
  if (input === undefined) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(input));
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => { console.log(JSON.stringify(answer)); next(); });
}
