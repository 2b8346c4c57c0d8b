// requestTimeout: a body that does not arrive gets 408 through clientError or by default.
'use strict';

const http = require('http');
const net = require('net');

function run(label, listen, input, done) {
  const server = http.createServer({ requestTimeout: 100, headersTimeout: 100, connectionsCheckingInterval: 20 }, (req, res) => {
    console.log(label, 'request');
    req.on('error', (err) => console.log(label, 'req error', err.code, err.message));
    req.on('aborted', () => console.log(label, 'aborted'));
    req.on('close', () => console.log(label, 'req close'));
    req.resume();
  });
  if (listen) server.on('clientError', (err, socket) => { console.log(label, err.code, err.message); socket.end('HTTP/1.1 408 Mine\r\nConnection: close\r\n\r\n'); });
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    socket.write(input);
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => server.close(() => { console.log(label, JSON.stringify(answer)); if (done) done(); }));
  });
}
const body = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc';
run('body', false, body, () => run('body heard', true, body, () => run('nothing', false, '', () => run('nothing heard', true, ''))));
