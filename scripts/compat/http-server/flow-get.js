// The order of events, ticks and promises around a GET that is answered at once.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log('request');
  process.nextTick(() => console.log('tick of request'));
  Promise.resolve().then(() => console.log('promise of request'));
  req.on('end', () => console.log('req end'));
  req.on('close', () => console.log('req close'));
  res.on('finish', () => console.log('res finish'));
  res.on('close', () => console.log('res close'));
  res.on('prefinish', () => console.log('res prefinish'));
  req.resume();
  res.end('x', () => console.log('res end callback'));
  console.log('handler done');
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    console.log('response', res.statusCode);
    res.on('data', (chunk) => console.log('data', String(chunk)));
    res.on('end', () => console.log('end'));
    res.on('close', () => { console.log('close'); server.close(() => console.log('server closed')); });
  });
});
