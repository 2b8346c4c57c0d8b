// Which answers keep the connection: version, Connection header, what the handler sets and removes.
'use strict';

const http = require('http');
const net = require('net');

const handlers = {
  plain: (res) => res.end('x'),
  close: (res) => { res.setHeader('Connection', 'close'); res.end('x'); },
  alive: (res) => { res.setHeader('Connection', 'keep-alive'); res.end('x'); },
  odd: (res) => { res.setHeader('Connection', 'Foo'); res.end('x'); },
  removed: (res) => { res.removeHeader('Connection'); res.end('x'); },
  stream: (res) => { res.write('x'); res.end(); },
  'no-length': (res) => { res.removeHeader('Content-Length'); res.end('x'); },
  'no-te': (res) => { res.removeHeader('Transfer-Encoding'); res.write('x'); res.end(); },
  length: (res) => { res.writeHead(200, { 'Content-Length': 1 }); res.write('x'); res.end(); },
  chunked: (res) => { res.writeHead(200, { 'Transfer-Encoding': 'chunked' }); res.end('x'); },
  gzip: (res) => { res.writeHead(200, { 'Transfer-Encoding': 'gzip' }); res.end('x'); },
  should: (res) => { res.shouldKeepAlive = false; res.end('x'); },
  'no-chunks': (res) => { res.useChunkedEncodingByDefault = false; res.write('x'); res.end(); },
  'keep-alive-header': (res) => { res.setHeader('Keep-Alive', 'timeout=9'); res.end('x'); },
};
const heads = ['HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1\r\nHost: a\r\nConnection: close\r\n', 'HTTP/1.0\r\n', 'HTTP/1.0\r\nConnection: keep-alive\r\n'];

const server = http.createServer((req, res) => {
  res.sendDate = false;
  if (req.url === '/last') return res.writeHead(200, { Connection: 'close' }).end();
  handlers[req.url.slice(1)](res);
});
const runs = Object.keys(handlers).flatMap((name) => heads.map((head) => [name, head]));
server.listen(0, '127.0.0.1', function next() {
  const run = runs.shift();
  if (!run) return server.close();
  const [name, head] = run;
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write(`GET /${name} ${head}\r\n`);
  socket.write('GET /last HTTP/1.1\r\nHost: a\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('error', () => {});
  socket.on('close', () => {
    const at = answer.indexOf('HTTP/', 5);
    console.log(name, JSON.stringify(head.trim()), at > 0 ? 'kept' : 'closed', JSON.stringify(at > 0 ? answer.slice(0, at) : answer));
    next();
  });
});
