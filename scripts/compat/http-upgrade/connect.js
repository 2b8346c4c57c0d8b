// CONNECT on both sides: authority form, head both ways, bytes through.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer();
server.on('connect', (req, socket, head) => {
  console.log('server', req.method, req.url, req.headers.host, JSON.stringify(String(head)), socket === req.socket);
  socket.write('HTTP/1.1 200 Connection established\r\n\r\nserver head');
  socket.on('data', (chunk) => { console.log('server data', String(chunk)); socket.end('bye'); });
  socket.on('end', () => {});
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'CONNECT', path: 'example.org:443' });
  req.on('response', () => console.log('response'));
  req.on('connect', (res, socket, head) => {
    console.log('client', res.statusCode, res.statusMessage, JSON.stringify(String(head)), req.res === res);
    socket.on('data', (chunk) => console.log('client data', String(chunk)));
    socket.on('end', () => { console.log('client end'); socket.end(); });
    socket.on('close', () => { console.log('client close'); server.close(); });
    socket.write('through');
  });
  req.end();
});
