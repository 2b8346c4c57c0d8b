// server.timeout: unheard it destroys the socket, heard it leaves it alone.
'use strict';

const http = require('http');
const net = require('net');

function run(label, setup, done) {
  const server = http.createServer((req, res) => { console.log(label, 'request'); setup(server, req, res); });
  server.on('connection', (socket) => socket.on('close', (hadError) => console.log(label, 'socket closed', hadError)));
  if (label === 'heard') server.on('timeout', (socket) => { console.log('timeout', socket instanceof net.Socket); socket.destroy(); });
  if (label === 'callback') console.log(server.setTimeout(30, (socket) => { console.log('callback', socket.destroyed); socket.end(); }) === server);
  else server.timeout = 30;
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    socket.on('error', () => {});
    socket.resume();
    socket.on('close', () => server.close(done));
  });
}
const nothing = () => {};
run('unheard', nothing, () => run('heard', nothing, () => run('callback', nothing, () => {
  run('request', (server, req, res) => req.on('timeout', (socket) => { console.log('req timeout', socket === req.socket); socket.destroy(); }), () => {
    run('response', (server, req, res) => res.on('timeout', (socket) => { console.log('res timeout', socket === req.socket); socket.destroy(); }));
  });
})));
