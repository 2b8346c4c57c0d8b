// uncaughtException keeps the process and the server going; the next request is served.
'use strict';

const http = require('http');
const net = require('net');

process.on('uncaughtException', (err, origin) => console.log('caught', err.message, origin));
const server = http.createServer((req, res) => {
  console.log('request', req.url);
  if (req.url === '/throw') throw new Error('from the handler');
  if (req.url === '/data') req.on('data', () => { throw new Error('from data'); });
  if (req.url === '/end') req.resume().on('end', () => { throw new Error('from end'); });
  if (req.url === '/promise') Promise.reject(new Error('from a promise'));
  if (req.url === '/tick') process.nextTick(() => { throw new Error('from a tick'); });
  res.sendDate = false;
  res.end(req.url);
});
server.listen(0, '127.0.0.1', () => {
  const urls = ['/throw', '/data', '/end', '/promise', '/tick', '/fine'];
  (function next() {
    const url = urls.shift();
    if (!url) return server.close();
    const socket = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    socket.write(`POST ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx`);
    const timer = url === '/throw' ? setTimeout(() => socket.destroy(), 100) : null;
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('close', () => { clearTimeout(timer); console.log(url, JSON.stringify(answer)); next(); });
  })();
});
