// What a request sends by itself: Host, Connection, lengths, by method and body.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  let seen = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    seen += chunk;
    clearTimeout(socket.timer);
    socket.timer = setTimeout(() => {
      console.log(label, JSON.stringify(seen.replace(/127\.0\.0\.1:\d+/, 'HOST')));
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }, 20);
  });
});
let label;
const runs = [
  ['get', {}, (req) => req.end()],
  ['get with body', {}, (req) => req.end('body')],
  ['get written', {}, (req) => { req.write('bo'); req.end('dy'); }],
  ['post empty', { method: 'POST' }, (req) => req.end()],
  ['post end', { method: 'POST' }, (req) => req.end('body')],
  ['post written', { method: 'POST' }, (req) => { req.write('bo'); req.end('dy'); }],
  ['put length', { method: 'PUT', headers: { 'Content-Length': 4 } }, (req) => { req.write('bo'); req.end('dy'); }],
  ['delete', { method: 'DELETE' }, (req) => req.end()],
  ['delete body', { method: 'DELETE' }, (req) => req.end('x')],
  ['head', { method: 'HEAD' }, (req) => req.end()],
  ['options', { method: 'OPTIONS', path: '*' }, (req) => req.end()],
  ['trace', { method: 'TRACE' }, (req) => req.end()],
  ['connection close', { headers: { Connection: 'close' } }, (req) => req.end()],
  ['agent', { agent: undefined }, (req) => req.end()],
  ['host header', { headers: { Host: 'mine' } }, (req) => req.end()],
  ['no host', { setHost: false }, (req) => req.end()],
  ['no default headers', { setDefaultHeaders: false }, (req) => req.end()],
  ['auth', { auth: 'user:pa:ss' }, (req) => req.end()],
  ['auth and header', { auth: 'a:b', headers: { Authorization: 'mine' } }, (req) => req.end()],
  ['list', { headers: { 'X-List': ['a', 'b'], Cookie: ['c=1', 'd=2'] } }, (req) => req.end()],
  ['array', { headers: ['X-A', '1', 'x-a', '2', 'Host', 'h'] }, (req) => req.end()],
  ['pairs', { headers: [['X-A', '1'], ['X-B', '2']] }, (req) => req.end()],
  ['unique', { headers: { 'X-List': ['a', 'b'] }, uniqueHeaders: ['x-list'] }, (req) => req.end()],
  ['te header', { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, (req) => req.end('x')],
  ['trailers', { method: 'POST' }, (req) => { req.write('x'); req.addTrailers({ 'X-T': 't' }); req.end(); }],
  ['set later', {}, (req) => { req.setHeader('X-Later', '1'); req.removeHeader('host'); req.end(); }],
  ['expect', { method: 'POST', headers: { Expect: '100-continue' } }, (req) => setTimeout(() => req.end('x'), 5)],
];
server.listen(0, '127.0.0.1', function next() {
  const run = runs.shift();
  if (!run) return server.close();
  label = run[0];
  const req = http.request({ port: server.address().port, host: '127.0.0.1', agent: false, ...run[1] });
  req.on('response', (res) => res.resume());
  req.on('error', (err) => console.log(label, err.code));
  req.on('close', next);
  run[2](req);
});
