// clientError after an answer was begun: what the handler may still do with the socket.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.sendDate = false;
  res.write('begun');
  req.on('error', (err) => console.log('req error', err.code));
});
server.on('clientError', (err, socket) => {
  console.log(err.code, socket.writable, socket.bytesWritten > 0, socket._httpMessage !== null && socket._httpMessage.headersSent);
  socket.destroy(err);
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; if (answer.includes('begun')) socket.write('xyz\r\n'); });
  socket.on('error', () => {});
  socket.on('close', () => server.close(() => console.log(JSON.stringify(answer))));
});
