// end twice, write after end, end with data and encoding, and what finish sees.
'use strict';

const net = require('net');

const server = net.createServer((socket) => { socket.setEncoding('utf8'); let all = ''; socket.on('data', (c) => { all += c; }); socket.on('end', () => console.log(all)); });
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    console.log(socket.end('6869', 'hex', () => console.log('first')) === socket);
    socket.end(() => console.log('second'));
    console.log(socket.writableEnded, socket.writableFinished);
  });
  socket.on('finish', () => console.log('finish', socket.writableFinished));
  socket.on('close', () => { server.close(); socket.end((err) => console.log('third', err && err.code)); });
});
