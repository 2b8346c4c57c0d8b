// A CONNECT that is answered with an error, and one whose answer nobody hears.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.write(next));
});
let next = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\nProxy-Authenticate: Basic\r\n\r\nno';
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', method: 'CONNECT', path: 'a:1', agent: false };
  const req = http.request(options);
  req.on('connect', (res, socket, head) => {
    console.log('connect', res.statusCode, String(head));
    socket.destroy();
    next = 'HTTP/1.1 200 OK\r\n\r\n';
    const second = http.request(options);
    second.on('response', (res) => { console.log('response', res.statusCode); res.resume(); });
    second.on('error', (err) => console.log('error', err.code));
    second.on('close', () => { console.log('close', second.destroyed); server.close(); });
    second.end();
  });
  req.on('error', (err) => console.log('error', err.code));
  req.end();
});
