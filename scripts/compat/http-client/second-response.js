// A second response on the same request destroys the socket.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb'));
});
server.listen(0, '127.0.0.1', () => {
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: new http.Agent({ keepAlive: true }) });
  let responses = 0;
  req.on('response', (res) => {
    console.log('response', ++responses);
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => console.log('end'));
    res.on('error', (err) => console.log('res error', err.code));
    res.on('close', () => console.log('res close'));
  });
  req.on('error', (err) => console.log('error', err.code));
  req.on('socket', (socket) => socket.on('close', () => { console.log('socket close'); server.close(); }));
});
