// Connection: close and HTTP/1.0 answers are not pooled.
'use strict';

const http = require('http');
const net = require('net');

const answers = [
  'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 1\r\n\r\nx',
];
const server = net.createServer((socket) => { socket.on('error', () => {}); socket.once('data', () => socket.write(answers[0])); });
server.listen(0, '127.0.0.1', function next() {
  if (answers.length === 0) return server.close();
  const agent = new http.Agent({ keepAlive: true });
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => {
    const { socket } = res;
    res.resume();
    res.on('end', () => setImmediate(() => {
      console.log(JSON.stringify(answers[0]), req.shouldKeepAlive, Object.values(agent.freeSockets).map((l) => l.length), socket.destroyed);
      agent.destroy();
      answers.shift();
      next();
    }));
  });
});
