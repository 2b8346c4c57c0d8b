// Other expectations: 417, or checkExpectation; case and version.
'use strict';

const http = require('http');
const net = require('net');

function run(label, listen, head, done) {
  const server = http.createServer((req, res) => { console.log('request'); res.sendDate = false; res.end('x'); });
  if (listen) {
    server.on('checkExpectation', (req, res) => {
      console.log('checkExpectation', req.headers.expect);
      res.sendDate = false;
      res.end('mine');
    });
  }
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    socket.write(head);
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('close', () => { console.log(label, JSON.stringify(answer)); server.close(done); });
  });
}
const runs = [
  ['unknown', false, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: meoww\r\n\r\n'],
  ['unknown heard', true, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: meoww\r\n\r\n'],
  ['upper case', false, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-CONTINUE\r\n\r\n'],
  ['http 1.0', false, 'GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n'],
  ['http 1.0 unknown', false, 'GET / HTTP/1.0\r\nExpect: meoww\r\n\r\n'],
  ['list', false, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: foo, 100-continue\r\n\r\n'],
  ['empty', false, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect:\r\n\r\n'],
];
(function next() { if (runs.length > 0) run(...runs.shift(), next); })();
