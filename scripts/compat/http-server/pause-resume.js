// pause() and resume() on a request hold and release its data.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  let size = 0;
  let pauses = 0;
  req.on('data', (chunk) => {
    size += chunk.length;
    req.pause();
    pauses++;
    setImmediate(() => req.resume());
  });
  req.on('end', () => {
    console.log(size, pauses > 1);
    res.end(String(size));
  });
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false }, (res) => {
    res.resume();
    res.on('end', () => server.close());
  });
  req.end(Buffer.alloc(1000000));
});
