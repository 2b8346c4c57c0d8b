// The order of write callbacks, end callback, finish and close, before and after the socket is there.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.write('a', () => console.log('server a'));
  res.write('b', 'utf8', () => console.log('server b'));
  res.write(Buffer.alloc(0), () => console.log('server empty'));
  res.on('finish', () => console.log('server finish'));
  res.on('close', () => console.log('server close'));
  req.resume().on('end', () => {
    console.log('server req end');
    res.end('c', 'utf8', () => console.log('server end'));
  });
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false }, (res) => {
    res.resume();
    res.on('end', () => { console.log('client res end'); server.close(); });
  });
  req.write('x', () => console.log('client x'));
  req.write('y', () => console.log('client y'));
  req.on('finish', () => console.log('client finish'));
  req.on('close', () => console.log('client close'));
  req.end('z', () => console.log('client end'));
  console.log('client', req.writableLength > 0, req.writableEnded, req.writableFinished);
});
