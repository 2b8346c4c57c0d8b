// Too much pending output pauses the reading of further requests.
'use strict';

const http = require('http');
const net = require('net');

let requests = 0;
const server = http.createServer((req, res) => {
  requests++;
  res.end(Buffer.alloc(100000));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.pause();
  const head = `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(1000)}\r\n\r\n`;
  socket.write(head.repeat(2000));
  let last = -1;
  const timer = setInterval(() => {
    if (requests !== last) { last = requests; return; }
    clearInterval(timer);
    console.log('held', requests > 0, requests < 2000);
    let size = 0;
    socket.on('data', (chunk) => {
      size += chunk.length;
      if (size > 2000 * 100000) {
        console.log('all', requests);
        socket.destroy();
        server.close();
      }
    });
    socket.resume();
  }, 50);
});
