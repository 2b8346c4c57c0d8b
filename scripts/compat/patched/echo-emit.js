// An echo by pipe with emit() patched on request and response: the trace of calls.
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
    const name = stream.constructor.name;
    const { emit } = stream;
    stream.emit = function (event, ...args) {
      console.log(name, 'emit', event, args.map(show).join(' '));
      return emit.call(this, event, ...args);
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
