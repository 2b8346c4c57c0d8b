// requireHostHeader: HTTP/1.1 without Host gets 400, unless it is switched off.
'use strict';

const http = require('http');
const net = require('net');

function run(options, input, done) {
  const server = http.createServer(options, (req, res) => { console.log('request', req.headers); res.sendDate = false; res.end(); });
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.end(input));
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('close', () => { console.log(JSON.stringify(answer)); server.close(done); });
  });
}
const inputs = [
  [{}, 'GET / HTTP/1.1\r\n\r\n'],
  [{}, 'GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n'],
  [{}, 'GET / HTTP/1.1\r\nHost:\r\n\r\n'],
  [{}, 'GET / HTTP/1.0\r\n\r\n'],
  [{ requireHostHeader: false }, 'GET / HTTP/1.1\r\n\r\n'],
];
(function next() { if (inputs.length > 0) run(...inputs.shift(), next); })();
