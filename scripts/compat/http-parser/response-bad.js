// Responses that are and are not HTTP/1.1, as the client sees them.
'use strict';

const http = require('http');
const net = require('net');

const answers = [
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200 A long \xe9 reason\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.0 200 OK\r\n\r\nuntil the end',
  'HTTP/1.1 200 OK\r\n\r\nuntil the end',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: t\r\n\r\n',
  'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok',
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more',
  'HTTP/1.1 99 Low\r\n\r\n',
  'HTTP/1.1 1000 High\r\n\r\n',
  'HTTP/1.1 abc\r\n\r\n',
  'HTTP/1.1200 OK\r\n\r\n',
  'HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nbad header\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
  'garbage',
  '<html>',
  '',
  'HTTP/1.1 200 OK\r\n',
];

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(answers[0], 'latin1'));
});

server.listen(0, '127.0.0.1', next);

function next() {
  if (answers.length === 0) return server.close();
  console.log('>', JSON.stringify(answers[0]));
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    let body = '';
    console.log('response', res.httpVersion, res.statusCode, JSON.stringify(res.statusMessage), res.rawHeaders);
    res.setEncoding('latin1');
    res.on('data', (chunk) => { body += chunk; });
    res.on('aborted', () => console.log('aborted'));
    res.on('error', (err) => console.log('res error', err.code, err.message));
    res.on('end', () => console.log('end', JSON.stringify(body), res.rawTrailers));
    res.on('close', () => console.log('res close', res.complete, JSON.stringify(body)));
  });
  req.on('error', (err) => console.log('req error', err.name, err.code, err.message, err.bytesParsed, err.reason));
  req.on('close', () => {
    console.log('req close');
    answers.shift();
    setImmediate(next); // after what follows in this turn
  });
}
