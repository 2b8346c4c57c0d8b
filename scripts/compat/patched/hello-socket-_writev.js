// Hello with _writev() of the socket under the response patched: the trace of calls.
'use strict';

const http = require('http');
const net = require('net');

const show = (value) => {
  if (typeof value === 'function') return '[function]';
  if (typeof value === 'object' && value !== null) return Buffer.isBuffer(value) ? `<${JSON.stringify(String(value))}>` : `[${value.constructor.name}]`;
  return JSON.stringify(value);
};

function watch(...streams) {
  for (const stream of streams) {
    const { socket } = stream;
    if (socket) patch(socket);
    else stream.on('socket', patch);
  }
}
const patched = new Set();
function patch(socket) {
  if (patched.has(socket)) return;
  patched.add(socket);
  const name = `socket ${patched.size}`;
  const original = socket._writev;
  socket._writev = function (...args) {
    console.log(name, '_writev', args[0].map((entry) => show(entry.chunk)).join(' '), show(args[1]));
    return original.apply(this, args);
  };
}

const server = http.createServer((req, res) => {
  watch(req, res);
  res.sendDate = false;
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.write('Hello, ');
  res.end('world!');
});
server.listen(0, '127.0.0.1', () => exchange('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', () => server.close()));

function exchange(bytes, done) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); done(); });
}
