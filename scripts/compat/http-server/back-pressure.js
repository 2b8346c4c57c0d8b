// A handler that does not read stops the socket; reading lets the rest through.
'use strict';

const http = require('http');
const net = require('net');

const total = 8 * 1024 * 1024;
const server = http.createServer((req, res) => {
  let timer = null;
  let last = -1;
  const watch = () => { // until nothing more arrives
    if (req.socket.bytesRead !== last) {
      last = req.socket.bytesRead;
      timer = setTimeout(watch, 50);
      return;
    }
    console.log('held', last < total / 2, req.readableLength <= 2 * 65536 + 65536, req.isPaused(), req.readableFlowing);
    let size = 0;
    req.on('data', (chunk) => { size += chunk.length; });
    req.on('end', () => { console.log('read', size === total); res.end(); });
  };
  timer = setTimeout(watch, 50);
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${total}\r\n\r\n`);
  console.log('write', socket.write(Buffer.alloc(total)));
  socket.resume();
  socket.on('close', () => server.close());
});
