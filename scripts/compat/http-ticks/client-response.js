// The client's side of the same: response, data, end and the ticks between.
'use strict';

const http = require('http');
const net = require('net');

const after = (label) => {
  process.nextTick(() => console.log('tick after', label));
  Promise.resolve().then(() => console.log('promise after', label));
};
const server = net.createServer((socket) => {
  socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n'));
});
server.listen(0, '127.0.0.1', () => {
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    console.log('response');
    after('response');
    res.on('data', (chunk) => { console.log('data', chunk.length); after(`data ${chunk.length}`); });
    res.on('end', () => { console.log('end'); after('end'); });
    res.on('close', () => { console.log('close'); server.close(); });
  });
  req.on('socket', () => { console.log('socket'); after('socket'); });
});
