// connection, request and socket events with ticks between, on a split head.
'use strict';

const http = require('http');
const net = require('net');

const log = (label) => {
  console.log(label);
  process.nextTick(() => console.log('tick after', label));
  Promise.resolve().then(() => console.log('promise after', label));
};
const server = http.createServer((req, res) => { log('request'); res.end(); });
let socket;
server.on('connection', (peer) => {
  log('connection');
  peer.on('close', () => { log('socket close'); server.close(() => log('server close')); });
  setImmediate(() => socket.write('Host: a\r\nConnection: close\r\n\r\n'));
});
server.listen(0, '127.0.0.1', () => {
  socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\n');
  socket.resume();
});
