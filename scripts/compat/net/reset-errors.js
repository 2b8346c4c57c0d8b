// resetAndDestroy before and after the connection exists.
'use strict';

const net = require('net');

const fresh = new net.Socket();
fresh.on('error', (err) => console.log('fresh', err.code, err.message));
fresh.on('close', (hadError) => console.log('fresh close', hadError));
console.log(fresh.resetAndDestroy() === fresh);

const server = net.createServer((socket) => {
  socket.on('error', (err) => console.log('server', err.code));
  socket.on('close', () => server.close());
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  console.log(socket.resetAndDestroy() === socket, socket.connecting, socket.destroyed);
  socket.on('connect', () => console.log('connect'));
  socket.on('close', (hadError) => {
    console.log('close', hadError);
    socket.resetAndDestroy();
  });
  socket.on('error', (err) => console.log('error', err.code));
});
