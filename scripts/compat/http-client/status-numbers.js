// Statuses at the borders: informational ones that Node does not know may have
// bodies, 000 is a status, and the version may be 0.9.
'use strict';

const http = require('http');
const net = require('net');

const answers = [
  'HTTP/1.1 199 X\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nc',
  'HTTP/1.1 104 X\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nc',
  'HTTP/1.1 000 \r\nContent-Length: 1\r\n\r\nc',
  'HTTP/0.9 200 OK\r\nContent-Length: 1\r\n\r\nc',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ncHTTP/1.1 199 X\r\nContent-Length: 2\r\n\r\na',
];
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(answers[0]));
});
function next() {
  if (!answers.length) return server.close();
  console.log('---', JSON.stringify(answers[0]));
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  req.on('information', (i) => console.log('information', i.statusCode, i.statusMessage));
  req.on('response', (res) => {
    console.log('response', res.statusCode, JSON.stringify(res.statusMessage), res.httpVersion, res.upgrade, res.method, res.url);
    res.on('data', (d) => console.log('data', String(d)));
    res.on('end', () => console.log('end', res.complete));
  });
  req.on('error', (err) => console.log('error', err.code));
  req.on('close', () => { answers.shift(); next(); });
}
server.listen(0, '127.0.0.1', next);
