// req.pipe(res) with more than any buffer holds comes back whole.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.on('pipe', () => console.log('pipe'));
  res.on('unpipe', () => console.log('unpipe'));
  req.pipe(res);
});
server.listen(0, '127.0.0.1', () => {
  const body = Buffer.alloc(5 * 1024 * 1024);
  for (let i = 0; i < body.length; i += 4) body.writeUInt32LE(i, i);
  const chunks = [];
  http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false }, (res) => {
    res.on('data', (chunk) => chunks.push(chunk));
    res.on('end', () => { console.log(Buffer.concat(chunks).equals(body)); server.close(); });
  }).end(body);
});
