// A client that expects 100-continue: headers at once, continue, information, then the body.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log('server request');
  req.on('data', (chunk) => console.log('server data', String(chunk)));
  req.on('end', () => res.end('done'));
});
server.on('checkContinue', (req, res) => {
  console.log('server checkContinue', req.headers.expect, req.headers['content-length'], req.headers['transfer-encoding']);
  res.writeContinue();
  server.emit('request', req, res);
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({
    port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false,
    headers: { 'Expect': '100-continue', 'Content-Length': 4 },
  });
  console.log('headers sent', req.headersSent);
  req.on('continue', () => { console.log('client continue'); req.end('body'); });
  req.on('information', (info) => console.log('client information', info));
  req.on('response', (res) => {
    console.log('client response', res.statusCode);
    res.on('data', (chunk) => console.log('client data', String(chunk)));
    res.on('end', () => server.close());
  });
});
