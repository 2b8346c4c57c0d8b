// What insecureHTTPParser lets through that is refused by default.
'use strict';

const http = require('http');
const net = require('net');

const inputs = [
  'GET / HTTP/1.1\r\nHost: a\r\nX: nul \0 bell \x07\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nX : space before colon\r\nConnection: close\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked, gzip\r\n\r\nabc',
  'GET / HTTP/1.2\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\rHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nX: cr \r alone\r\nConnection: close\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc0\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
  'FOO / HTTP/1.1\r\nHost: a\r\n\r\n',
];

const server = http.createServer({ insecureHTTPParser: true }, (req, res) => {
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
