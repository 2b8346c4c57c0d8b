// A client that ends its side first: answered only where the answer was ready, or httpAllowHalfOpen is set.
'use strict';

const http = require('http');
const net = require('net');

function run(allow, late, done) {
  const server = http.createServer((req, res) => {
    res.sendDate = false;
    req.on('aborted', () => console.log('aborted'));
    res.on('close', () => console.log('res close', res.writableFinished));
    const answer = () => { console.log('answer', res.writable, res.destroyed); res.end('x'); };
    if (late) setTimeout(answer, 50);
    else answer();
  });
  server.httpAllowHalfOpen = allow;
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.end('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    });
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', (err) => console.log(err.code));
    socket.on('close', () => setTimeout(() => {
      console.log(allow, late, JSON.stringify(answer));
      server.close(done);
    }, 60));
  });
}
run(false, false, () => run(false, true, () => run(true, true)));
