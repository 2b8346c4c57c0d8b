// Requests of other versions than 1.1: what is set on the message, and which
// rules of a server do not hold for them.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.sendDate = false;
  console.log(req.method, req.url, req.httpVersion, req.httpVersionMajor, req.httpVersionMinor, req.upgrade, req.statusCode, req.statusMessage);
  res.end('seen');
});
server.maxRequestsPerSocket = 1;
server.on('dropRequest', (req) => console.log('dropped', req.url));

const keep = 'Connection: keep-alive\r\n';
const inputs = [
  'GET /\n\r\n',
  'PRI /\n\r\n',
  'PRI /\nA: b\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  `GET /1 HTTP/1.0\r\n${keep}\r\nGET /2 HTTP/1.0\r\n${keep}\r\nGET /3 HTTP/1.0\r\n\r\n`,
  `GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.0\r\n\r\n`,
  `GET /1 HTTP/1.0\r\n${keep}\r\nCONNECT a:1 HTTP/1.0\r\n\r\n`,
  'GET / HTTP/2.0\r\n\r\n',
  'GET / HTTP/0.9\r\n\r\n',
];
function next() {
  const input = inputs.shift();
  if (!input) return server.close();
  console.log('---', JSON.stringify(input));
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.end(input));
  let answer = '';
  socket.on('data', (d) => { answer += d; });
  socket.on('error', (err) => console.log(err.code));
  socket.on('close', () => { console.log(JSON.stringify(answer.replace(/Date: [^\r]*/g, 'Date: <date>'))); next(); });
}
server.listen(0, '127.0.0.1', next);

console.log(new http.IncomingMessage(null).upgrade, new http.IncomingMessage(null).statusCode, new http.IncomingMessage(null).httpVersion);
