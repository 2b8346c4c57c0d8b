// Chunk extensions past 16 KiB: 413 and HPE_CHUNK_EXTENSIONS_OVERFLOW.
'use strict';

const http = require('http');
const net = require('net');

function exchange(size, listen, done) {
  const server = http.createServer((req, res) => {
    req.on('error', (err) => console.log('req error', err.code));
    req.on('end', () => { console.log('end'); res.sendDate = false; res.end(); });
    req.resume();
  });
  if (listen) {
    server.on('clientError', (err, socket) => {
      console.log('clientError', err.code, err.message);
      socket.end('HTTP/1.1 400 mine\r\n\r\n');
    });
  }
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1;${'e'.repeat(size)}\r\nx\r\n0\r\n\r\n`);
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => {
      server.close(() => {
        console.log(size, JSON.stringify(answer));
        if (done) done();
      });
    });
  });
}

exchange(1000, false, () => exchange(20000, false, () => exchange(20000, true)));
