// One packet with two chunks: where ticks and microtasks run between the parser's callbacks.
'use strict';

const http = require('http');
const net = require('net');

const after = (label) => {
  process.nextTick(() => console.log('tick after', label));
  Promise.resolve().then(() => console.log('promise after', label));
  queueMicrotask(() => console.log('microtask after', label));
};
const server = http.createServer((req, res) => {
  const push = req.push;
  req.push = function (chunk) {
    console.log('push', chunk === null ? null : chunk.length);
    after(`push ${chunk === null ? null : chunk.length}`);
    return push.call(this, chunk);
  };
  console.log('request');
  after('request');
  req.on('data', (chunk) => { console.log('data', chunk.length); after(`data ${chunk.length}`); });
  req.on('end', () => { console.log('end'); after('end'); res.end(); });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n');
  socket.resume();
  socket.on('close', () => server.close());
});
