// pause() stops reading from the system; pauseOnConnect; resume lets go.
'use strict';

const net = require('net');

const total = 10 * 1024 * 1024;
const server = net.createServer({ pauseOnConnect: true }, (socket) => {
  console.log(socket.isPaused(), socket.readableFlowing);
  let size = 0;
  socket.on('data', (chunk) => { size += chunk.length; });
  setTimeout(() => {
    console.log('held', size, socket.bytesRead);
    socket.resume();
    socket.once('data', () => {
      socket.pause();
      const at = size;
      setTimeout(() => {
        console.log('paused', size === at, socket.bytesRead < total);
        socket.resume();
      }, 50);
    });
  }, 50);
  socket.on('end', () => { console.log('all', size === total); server.close(); });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  console.log(client.write(Buffer.alloc(total)), client.writableLength === total);
  client.end();
});
