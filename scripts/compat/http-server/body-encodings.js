// setEncoding on a request: strings across chunk borders.
'use strict';

const http = require('http');
const net = require('net');

const bytes = Buffer.from('aé€😀z');
const server = http.createServer((req, res) => {
  req.setEncoding(req.url.slice(1));
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => { console.log(req.url, typeof body, JSON.stringify(body), req.readableEncoding); res.end(); });
});
server.listen(0, '127.0.0.1', () => {
  const urls = ['/utf8', '/latin1', '/hex', '/base64', '/ascii', '/utf16le'];
  (function next() {
    const url = urls.shift();
    if (!url) return server.close();
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.write(`POST ${url} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (const byte of bytes) {
      socket.write('1\r\n');
      socket.write(Buffer.from([byte]));
      socket.write('\r\n');
    }
    socket.write('0\r\n\r\n');
    socket.resume();
    socket.on('close', next);
  })();
});
