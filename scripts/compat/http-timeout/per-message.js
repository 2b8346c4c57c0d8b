// req.setTimeout and res.setTimeout: who gets the event, and what they return.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  if (req.url === '/req') console.log(req.setTimeout(30, () => { console.log('req callback', req.listenerCount('timeout')); res.end('late'); }) === req);
  else console.log(res.setTimeout(30, () => { console.log('res callback', res.listenerCount('timeout')); res.end('late'); }) === res);
  console.log(req.socket.timeout);
});
const urls = ['/req', '/res'];
server.listen(0, '127.0.0.1', function next() {
  const url = urls.shift();
  if (!url) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write(`GET ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(url, answer.endsWith('late')); next(); });
});
