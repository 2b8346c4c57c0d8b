// The server closes without an answer, at three moments.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  switch (mode) {
    case 'at once': socket.destroy(); break;
    case 'after the request': socket.once('data', () => socket.end()); break;
    case 'in the head': socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-')); break;
    case 'in the body': socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')); break;
    case 'reset in the body': socket.once('data', () => { socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'); setTimeout(() => socket.resetAndDestroy(), 30); }); break;
  }
});
let mode;
const modes = ['after the request', 'in the head', 'in the body', 'reset in the body'];
server.listen(0, '127.0.0.1', function next() {
  mode = modes.shift();
  if (!mode) return server.close();
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  req.on('error', (err) => console.log(mode, 'req error', err.code, err.message, Object.keys(err)));
  req.on('response', (res) => {
    console.log(mode, 'response');
    for (const event of ['aborted', 'error', 'end', 'close']) res.on(event, (err) => console.log(mode, 'res', event, err ? `${err.code} ${err.message}` : ''));
    res.on('data', (chunk) => console.log(mode, 'data', String(chunk)));
    res.on('close', () => console.log(mode, res.complete, res.aborted, res.destroyed, res.readableEnded));
  });
  req.on('close', () => { console.log(mode, 'req close', req.destroyed, req.aborted, req.reusedSocket); setImmediate(() => setImmediate(next)); });
});
