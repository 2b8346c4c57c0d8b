// Repeated headers: first wins, joined by a comma or a semicolon, or kept as a list.
'use strict';

const http = require('http');
const net = require('net');

const names = [
  'Age', 'Authorization', 'Content-Type', 'ETag', 'Expires', 'From', 'Host', 'If-Modified-Since',
  'If-Unmodified-Since', 'Last-Modified', 'Location', 'Max-Forwards', 'Proxy-Authorization', 'Referer',
  'Retry-After', 'Server', 'User-Agent', 'Set-Cookie', 'Cookie', 'Accept', 'Accept-Encoding', 'Vary', 'Via',
  'Cache-Control', 'X-Forwarded-For', 'X-Custom', 'Date', 'Origin', 'Sec-WebSocket-Protocol', 'Upgrade-Insecure-Requests',
];
const head = names.map((name) => `${name}: 1\r\n${name.toUpperCase()}: 2\r\n${name.toLowerCase()}: \r\n`).join('');

function run(joinDuplicateHeaders, done) {
  const server = http.createServer({ joinDuplicateHeaders }, (req, res) => {
    console.log(joinDuplicateHeaders, req.headers);
    console.log(req.headersDistinct['x-custom'], req.headersDistinct.age, Object.keys(req.headersDistinct).length);
    console.log(req.headers === req.headers, req.headersDistinct === req.headersDistinct,
                Object.getPrototypeOf(req.headers) === Object.prototype, Object.getPrototypeOf(req.headersDistinct));
    res.end();
  });
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.end(`GET / HTTP/1.1\r\n${head}\r\n`);
    socket.resume();
    socket.on('close', () => server.close(done));
  });
}

run(false, () => run(true));
