// A reverse proxy by two pipes with _read() patched on the prototype: the trace of calls.
'use strict';

const http = require('http');
const net = require('net');

const show = (value) => {
  if (typeof value === 'function') return '[function]';
  if (typeof value === 'object' && value !== null) return Buffer.isBuffer(value) ? `<${JSON.stringify(String(value))}>` : `[${value.constructor.name}]`;
  return JSON.stringify(value);
};

// Patched on the prototype, before any stream exists.
const owner = http.IncomingMessage.prototype;
const original = owner._read;
owner._read = function (...args) {
  if (this[watched]) console.log(this.constructor.name, '_read', args.map(show).join(' '));
  return original.apply(this, args);
};
const watched = Symbol('watched');
function watch(...streams) {
  for (const stream of streams) stream[watched] = true;
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
