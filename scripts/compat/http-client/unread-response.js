// A response that is listened for and not read holds the socket: back-pressure on the client.
'use strict';

const http = require('http');

const total = 16 * 1024 * 1024;
const server = http.createServer((req, res) => { res.end(Buffer.alloc(total)); });
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    let last = -1;
    const timer = setInterval(() => {
      if (res.socket.bytesRead !== last) { last = res.socket.bytesRead; return; }
      clearInterval(timer);
      console.log('held', last < total, res.readableFlowing, res.readableLength > 0);
      let size = 0;
      res.on('data', (chunk) => { size += chunk.length; });
      res.on('end', () => { console.log(size === total, res.complete); server.close(); });
    }, 50);
  });
});
