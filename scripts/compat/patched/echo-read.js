// An echo by pipe with _read() patched on the request: the trace of calls.
'use strict';

const http = require('http');
const net = require('net');

const show = (value) => {
  if (typeof value === 'function') return '[function]';
  if (typeof value === 'object' && value !== null) return Buffer.isBuffer(value) ? `<${JSON.stringify(String(value))}>` : `[${value.constructor.name}]`;
  return JSON.stringify(value);
};

// Patched on the instances, as agents and compression do.
function watch(...streams) {
  for (const stream of streams) {
    const name = stream.constructor.name;
    const original = stream._read;
    if (typeof original !== 'function') continue;
    stream._read = function (...args) {
      console.log(name, '_read', args.map(show).join(' '));
      const result = original.apply(this, args);
      console.log(name, '_read returned', result === this ? 'itself' : show(result));
      return result;
    };
  }
}

const server = http.createServer((req, res) => {
  watch(req, res);
  res.sendDate = false;
  req.pipe(res);
});
server.listen(0, '127.0.0.1', () => exchange('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n' +
  'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n', () => server.close()));

function exchange(bytes, done) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); done(); });
}
