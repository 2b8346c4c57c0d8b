// Request lines that are and are not HTTP/1.1: error codes, byte counts, answers.
'use strict';

const http = require('http');
const net = require('net');

const inputs = [
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  '\r\n\r\nGET /after-empty-lines HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET /lf HTTP/1.1\nHost: a\nConnection: close\n\n',
  'GET  /two-spaces HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /trailing-space HTTP/1.1 \r\nHost: a\r\n\r\n',
  ' GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET\r\n\r\n',
  'GET /\r\n\r\n',
  'GET / \r\n\r\n',
  'GET / HTTP/1.2\r\nHost: a\r\n\r\n',
  'GET / HTTP/2.0\r\nHost: a\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  'GET / HTTP/1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1x\r\nHost: a\r\n\r\n',
  'GET / http/1.1\r\nHost: a\r\n\r\n',
  'GET / ICE/1.0\r\nHost: a\r\n\r\n',
  'SOURCE / ICE/1.0\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET /tab\there HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /nul\0here HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /fragment#x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET ? HTTP/1.1\r\nHost: a\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
  '\0\0\0\0',
  'hello',
];

const server = http.createServer((req, res) => {
  const seen = [];
  req.setEncoding('latin1');
  req.on('data', (chunk) => seen.push(chunk));
  req.on('aborted', () => console.log('aborted'));
  req.on('end', () => {
    console.log('%s %s HTTP/%s %j body %j trailers %j', req.method, req.url, req.httpVersion,
                req.rawHeaders, seen.join(''), req.rawTrailers);
    res.sendDate = false;
    res.end('ok');
  });
});
server.on('clientError', (err, socket) => {
  console.log('clientError', err.code, err.message, err.bytesParsed, Buffer.isBuffer(err.rawPacket));
  socket.end(`HTTP/1.1 400 ${err.code}\r\nConnection: close\r\n\r\n`);
});
server.listen(0, '127.0.0.1', next);

function next() {
  const input = inputs.shift();
  if (input === undefined) return server.close();
  console.log('>', JSON.stringify(input.length > 200 ? `${input.slice(0, 60)}... (${input.length})` : input));
  let open = 2; // both ends
  let answer = '';
  const closed = () => {
    if (--open > 0) return;
    console.log('<', JSON.stringify(answer));
    next();
  };
  server.once('connection', (socket) => socket.on('close', closed));
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.end(input, 'latin1'));
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', (err) => console.log('client error', err.code));
  socket.on('close', closed);
}
