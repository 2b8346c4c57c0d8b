// maxHeaderSize: 16 KiB by default, its own answer, and a smaller limit.
'use strict';

const http = require('http');
const net = require('net');

console.log(http.maxHeaderSize);

function exchange(options, input, done) {
  const server = http.createServer(options, (req, res) => {
    console.log('request', req.rawHeaders.length, req.url.length);
    res.sendDate = false;
    res.end();
  });
  server.on('connection', (socket) => socket.on('error', (err) => console.log(err.code, err.message)));
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(input));
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => {
      console.log(JSON.stringify(answer));
      server.close(done);
    });
  });
}

const head = (size, url = '/') => `GET ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${'x'.repeat(size)}\r\n\r\n`;

const runs = [
  [{}, head(16000)],
  [{}, head(20000)],
  [{}, head(1, '/'.repeat(20000))],
  [{ maxHeaderSize: 1000 }, head(900)],
  [{ maxHeaderSize: 1000 }, head(1100)],
  [{ maxHeaderSize: 100000 }, head(60000)],
];
(function next() {
  if (runs.length > 0) exchange(...runs.shift(), next);
})();
