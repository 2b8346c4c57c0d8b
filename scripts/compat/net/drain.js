// write() returns false at the high-water mark; drain comes once the system has it all.
'use strict';

const net = require('net');

const server = net.createServer((socket) => socket.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    console.log(socket.writableHighWaterMark, socket.write('x'), socket.writableNeedDrain);
    let drains = 0;
    socket.on('drain', () => {
      drains++;
      console.log('drain', drains, socket.writableLength, socket.writableNeedDrain);
      if (drains === 1) socket.end(() => console.log('end callback', socket.bytesWritten));
    });
    console.log(socket.write(Buffer.alloc(8 * 1024 * 1024)), socket.writableNeedDrain);
  });
  socket.on('close', () => server.close());
});
