// A client that upgrades: res, socket, head; and one that does not listen for it.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\nX-Y: z\r\n\r\nhead bytes');
    socket.on('data', (chunk) => socket.write(chunk));
    socket.on('end', () => socket.end());
  });
});
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', headers: { Connection: 'Upgrade', Upgrade: 'x' } };
  const req = http.get(options, () => console.log('response'));
  req.on('upgrade', (res, socket, head) => {
    console.log(res.statusCode, res.headers, String(head), socket === req.socket, res.upgrade);
    console.log(['data', 'end', 'close', 'error', 'drain', 'free', 'agentRemove'].map((e) => `${e} ${socket.listenerCount(e)}`).join(', '));
    console.log(Object.keys(http.globalAgent.sockets).length);
    socket.write('ping');
    socket.once('data', (chunk) => { console.log(String(chunk)); socket.end(); });
    socket.on('close', () => { console.log('socket close'); unheard(); });
  });
  req.on('close', () => console.log('req close', req.destroyed));
  function unheard() {
    const req = http.get(options, (res) => { console.log('response', res.statusCode); res.resume(); });
    req.on('error', (err) => console.log('error', err.code));
    req.on('close', () => { console.log('close'); server.close(); });
  }
});
