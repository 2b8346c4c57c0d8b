// Several requests on one connection: the same socket, its listeners do not pile up.
'use strict';

const http = require('http');
const net = require('net');

let socket;
const server = http.createServer((req, res) => {
  if (socket === undefined) socket = req.socket;
  console.log(req.url, req.socket === socket, ['data', 'end', 'close', 'error', 'drain', 'timeout'].map((e) => socket.listenerCount(e)).join());
  res.end('x');
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let n = 1;
  client.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
  client.on('data', () => {
    if (++n > 20) { client.end(); server.close(); return; }
    client.write(`GET /${n} HTTP/1.1\r\nHost: a\r\n\r\n`);
  });
});
