// The request's body by the readable event and read(n).
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  const got = [];
  req.on('readable', () => {
    let chunk;
    while ((chunk = req.read(3)) !== null) got.push(String(chunk));
  });
  req.on('end', () => res.end(got.join('|')));
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false }, (res) => {
    res.setEncoding('utf8');
    res.on('data', (chunk) => console.log(chunk));
    res.on('end', () => server.close());
  });
  req.end('abcdefghij');
});
