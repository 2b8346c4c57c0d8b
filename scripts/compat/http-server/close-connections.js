// closeIdleConnections and closeAllConnections.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  if (req.url === '/hold') {
    req.on('close', () => console.log('held request closed', req.destroyed));
    res.on('close', () => console.log('held response closed', res.writableFinished));
    setImmediate(step);
  } else {
    res.end('x');
  }
});
const open = new Map();
server.listen(0, '127.0.0.1', () => {
  connect('idle', '/');
});
function connect(name, url) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  open.set(name, socket);
  socket.write(`GET ${url} HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.on('error', (err) => console.log(name, err.code));
  socket.on('close', () => {
    console.log(name, 'closed');
    if (name === 'idle') server.closeAllConnections();
    if (name === 'busy') server.close(() => console.log('server closed'));
  });
  socket.once('data', () => { if (name === 'idle') setImmediate(() => connect('busy', '/hold')); });
}
function step() {
  server.closeIdleConnections();
}
