// 'finish' of a response says that there is nothing more to do, also when the
// connection failed with what was written.
'use strict';

const http = require('http');
const net = require('net');

const cases = {
  '/destroy': (res) => { res.end('x'); res.socket.destroy(); },
  '/destroy-with-error': (res) => { res.end('x'); res.socket.destroy(new Error('mine')); },
  '/destroy-before': (res) => { res.socket.destroy(); res.end('x'); },
  '/corked': (res) => { res.socket.cork(); res.end('x'); res.socket.destroy(new Error('mine')); },
  '/big': (res) => { res.end(Buffer.alloc(60e6)); },
  '/parts': (res) => { res.write(Buffer.alloc(60e6)); res.end('x'); },
  '/bad-behind': (res) => { res.end('x'); },
};

const server = http.createServer((req, res) => {
  res.on('finish', () => console.log('finish', res.writableFinished, res.writableEnded));
  res.on('close', () => console.log('close', res.writableFinished, res.destroyed));
  res.on('error', (err) => console.log('response error', err.code));
  res.socket.on('error', (err) => console.log('socket error', err.code));
  res.socket.on('close', (had) => { console.log('socket close', had); setImmediate(next); });
  cases[req.url](res);
});

const urls = Object.keys(cases);
function next() {
  const url = urls.shift();
  if (!url) return server.close();
  console.log('---', url);
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write(`GET ${url} HTTP/1.1\r\nHost: a\r\n\r\n${url === '/bad-behind' ? '?' : ''}`);
  socket.on('error', () => {});
  if (url === '/big' || url === '/parts') {
    socket.once('readable', () => socket.resetAndDestroy());
  } else {
    socket.resume();
  }
}
server.listen(0, '127.0.0.1', next);
