// Bytes that arrive on an idle pooled socket are no answer to the next request.
'use strict';

const http = require('http');
const net = require('net');

let connections = 0;
let answers = 0;
const server = net.createServer((socket) => {
  const n = ++connections;
  socket.on('error', () => {});
  socket.on('data', () => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-N: ${n}-${++answers}\r\n\r\nx`);
    if (answers === 1) setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison'), 30);
  });
});
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true });
  const options = { port: server.address().port, host: '127.0.0.1', agent };
  http.get(options, (res) => {
    const { socket } = res;
    res.resume();
    setTimeout(() => {
      console.log('free', Object.keys(agent.freeSockets).length, socket.destroyed);
      const req = http.get(options, (res) => {
        res.setEncoding('utf8');
        res.on('data', (text) => { console.log(req.reusedSocket, res.headers['x-n'], text); });
        res.on('end', () => { agent.destroy(); server.close(); });
      });
      req.on('error', (err) => { console.log(err.code); server.close(); });
    }, 100);
  });
});
