// maxHeadersCount: what is kept of many headers, by default and by choice, on both sides.
'use strict';

const http = require('http');
const net = require('net');

const many = (n) => Array.from({ length: n }, (_, i) => `h${i}: ${i}\r\n`).join('');

function exchange(limit, count, done) {
  const server = http.createServer((req, res) => {
    console.log('server', limit, count, Object.keys(req.headers).length, req.rawHeaders.length);
    res.end();
  });
  if (limit !== undefined) server.maxHeadersCount = limit;
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${many(count)}\r\n`);
    socket.resume();
    socket.on('close', () => server.close(done));
  });
}

function response(limit, count, done) {
  const server = net.createServer((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n${many(count)}\r\n`);
    socket.resume();
  });
  server.listen(0, '127.0.0.1', () => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => {
      console.log('client', limit, count, Object.keys(res.headers).length, res.rawHeaders.length);
      res.resume();
      res.on('close', () => server.close(done));
    });
    if (limit !== undefined) req.maxHeadersCount = limit;
  });
}

console.log(http.createServer().maxHeadersCount);
const runs = [
  [exchange, undefined, 100], [exchange, undefined, 1200], [exchange, 10, 100], [exchange, 0, 1200], [exchange, 33, 64],
  [response, undefined, 100], [response, 10, 100], [response, 0, 1200],
];
(function next() {
  if (runs.length === 0) return;
  const [run, limit, count] = runs.shift();
  run(limit, count, next);
})();
