// A socket's state through its life: connecting, pending, readyState, addresses, byte counts.
'use strict';

const net = require('net');

const state = (label, s) => console.log(label, s.connecting, s.pending, s.readyState, s.destroyed, s.readable, s.writable,
                                        s.remoteAddress, s.remoteFamily, typeof s.remotePort, s.localAddress, typeof s.localPort,
                                        s.bytesRead, s.bytesWritten, s.timeout, s.allowHalfOpen, s.bufferSize);
const server = net.createServer((socket) => {
  state('accepted', socket);
  console.log(socket.address().address, socket.address().family, socket.server === server);
  socket.once('data', () => socket.end('world'));
});
server.listen(0, '127.0.0.1', () => {
  const socket = new net.Socket();
  state('new', socket);
  socket.connect(server.address().port, '127.0.0.1');
  state('connecting', socket);
  socket.write('hello');
  console.log(socket.bytesWritten, socket.writableLength);
  socket.on('connect', () => state('connected', socket));
  socket.on('data', () => state('data', socket));
  socket.on('end', () => state('end', socket));
  socket.on('close', () => { state('closed', socket); server.close(); });
});
