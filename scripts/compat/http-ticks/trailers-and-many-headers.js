// Header lines that are handed over apart from their head (more than 31, and
// trailers) let ticks run before the rest of the packet is read; so does every
// head that follows on that connection.
'use strict';

const http = require('http');
const net = require('net');

const inputs = [
  ['trailers', 'POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n' +
               'GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['no trailers', 'POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n' +
                  'GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['40 lines', 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n' + 'A: b\r\n'.repeat(40) + '\r\n' +
               'GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['31 lines', 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n' + 'A: b\r\n'.repeat(30) + '\r\n' +
               'GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['an error behind', 'POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n?'],
];

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  process.nextTick(() => console.log('tick of', req.url));
  Promise.resolve().then(() => console.log('microtask of', req.url));
  req.on('data', (d) => console.log('data', String(d)));
  req.on('end', () => { console.log('end', req.url, req.rawTrailers); res.end(); });
  res.on('finish', () => console.log('finish', req.url));
  res.on('close', () => console.log('close', req.url));
});
server.on('clientError', (err, socket) => { console.log(err.code, err.bytesParsed); socket.destroy(); });

function next() {
  const input = inputs.shift();
  if (!input) return server.close();
  console.log('---', input[0]);
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(input[1]));
  socket.resume().on('close', next);
}
server.listen(0, '127.0.0.1', next);
