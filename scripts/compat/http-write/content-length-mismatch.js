// Content-Length is not checked, unless strictContentLength is set.
'use strict';

const http = require('http');
const net = require('net');

const attempt = (label, run) => {
  try {
    console.log(label, run());
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};
const handlers = {
  short: (res) => { res.setHeader('Content-Length', 5); res.end('abc'); },
  long: (res) => { res.setHeader('Content-Length', 2); res.end('abc'); },
  'strict-short': (res) => { res.strictContentLength = true; res.setHeader('Content-Length', 5); attempt('end', () => res.end('abc') === res); },
  'strict-long': (res) => { res.strictContentLength = true; res.setHeader('Content-Length', 2); attempt('write', () => res.write('abc')); },
  'strict-two': (res) => {
    res.strictContentLength = true;
    res.setHeader('Content-Length', 2);
    attempt('write', () => res.write('a'));
    attempt('write', () => res.write('b'));
    attempt('write', () => res.write('c'));
    attempt('end', () => res.end() === res);
  },
  'strict-head': (res) => { res.strictContentLength = true; res.writeHead(200, { 'Content-Length': '3' }); attempt('end', () => res.end('abc') === res); },
};
const names = Object.keys(handlers);
const server = http.createServer((req, res) => {
  res.sendDate = false;
  res.on('error', (err) => console.log('error', err.code));
  handlers[req.url.slice(1)](res);
  if (!res.writableEnded) res.destroy();
});
server.listen(0, '127.0.0.1', function next() {
  const name = names.shift();
  if (!name) return server.close();
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write(`GET /${name} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => { console.log(name, JSON.stringify(answer)); next(); });
});
