// Expect: 100-continue answered by itself, or through checkContinue.
'use strict';

const http = require('http');
const net = require('net');

function run(label, listen, done) {
  const server = http.createServer((req, res) => {
    console.log(label, 'request');
    answer(req, res);
  });
  function answer(req, res) {
    res.sendDate = false;
    let body = '';
    req.on('data', (chunk) => { body += chunk; });
    req.on('end', () => res.end(body));
  }
  if (listen) {
    server.on('checkContinue', (req, res) => {
      console.log(label, 'checkContinue', req.headers.expect);
      if (label === 'accept') { res.writeContinue(); answer(req, res); }
      if (label === 'emit') { res.writeContinue(); server.emit('request', req, res); }
      if (label === 'refuse') { res.sendDate = false; res.writeHead(413); res.end('no'); }
    });
  }
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    let sent = false;
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n');
    socket.on('data', (chunk) => {
      answer += chunk;
      if (!sent && answer.startsWith('HTTP/1.1 100')) { sent = true; socket.write('body'); }
    });
    socket.on('close', () => { console.log(label, JSON.stringify(answer)); server.close(done); });
  });
}
run('default', false, () => run('accept', true, () => run('emit', true, () => run('refuse', true))));
