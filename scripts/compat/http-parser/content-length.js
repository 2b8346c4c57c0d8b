// Content-Length: forms, repetitions, company of Transfer-Encoding.
'use strict';

const http = require('http');
const net = require('net');

const inputs = [
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0003\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length:  3 \r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3 3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc',
  'POST / HTTP/1.1\r\nHost: a\r\nContent_Length: 3\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc',
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
