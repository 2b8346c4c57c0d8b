// The error of a bad request: its own properties, and the packet.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer();
server.on('clientError', (err, socket) => {
  console.log(err instanceof Error, err.name, Object.keys(err), err.reason, err.bytesParsed, String(err.rawPacket));
  console.log(socket instanceof net.Socket, socket.writable, err.toString());
  socket.destroy();
  server.close();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n');
  socket.on('error', () => {});
  socket.resume();
});
