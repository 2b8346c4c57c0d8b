// A reverse proxy by two pipes with write() of the socket under the response patched: the trace of calls.
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
  const original = socket.write;
  socket.write = function (...args) {
    console.log(name, 'write', args.map(show).join(' '));
    return original.apply(this, args);
  };
}

const origin = http.createServer((req, res) => {
  res.sendDate = false;
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => res.end(`origin ${body}`));
});
const server = http.createServer((req, res) => {
  res.sendDate = false;
  const out = http.request({ port: origin.address().port, host: '127.0.0.1', agent: false, method: req.method, path: req.url }, (answer) => {
    watch(answer, res);
    res.writeHead(answer.statusCode, { 'Content-Length': answer.headers['content-length'] });
    answer.pipe(res);
  });
  watch(req, out);
  req.pipe(out);
});
origin.listen(0, '127.0.0.1', () => server.listen(0, '127.0.0.1', () => {
  exchange('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody', () => { server.close(); origin.close(); });
}));

function exchange(bytes, done) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); done(); });
}
