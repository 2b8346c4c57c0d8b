// An upgrade that is heard: raw socket, head bytes, no data listener left behind.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => console.log('request'));
server.on('upgrade', (req, socket, head) => {
  console.log(req.method, req.url, req.headers.upgrade, req.upgrade, JSON.stringify(String(head)), socket instanceof net.Socket);
  console.log(['data', 'end', 'error', 'timeout', 'drain', 'close'].map((e) => `${e} ${socket.listenerCount(e)}`).join(', '), socket.readableFlowing);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
  socket.write(head);
  socket.on('data', (chunk) => socket.write(String(chunk).toUpperCase()));
  socket.on('end', () => { console.log('socket end'); socket.end(); });
  socket.on('close', () => { console.log('socket close'); server.close(); });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nfirst');
  socket.on('data', (chunk) => {
    answer += chunk;
    if (answer.endsWith('first')) socket.write('second');
    if (answer.endsWith('SECOND')) socket.end();
  });
  socket.on('close', () => console.log(JSON.stringify(answer)));
});
