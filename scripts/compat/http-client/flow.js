// The client's events in order, with ticks and promises in between.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => { req.resume(); req.on('end', () => { res.write('a'); setTimeout(() => res.end('b'), 20); }); });
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false });
  for (const event of ['socket', 'finish', 'response', 'close', 'error', 'prefinish', 'drain']) req.on(event, () => console.log('req', event));
  req.on('socket', (socket) => {
    console.log(socket.connecting, req.socket === socket, req.connection === socket);
    socket.on('connect', () => console.log('socket connect'));
    socket.on('close', () => console.log('socket close'));
  });
  req.on('response', (res) => {
    process.nextTick(() => console.log('tick after response'));
    Promise.resolve().then(() => console.log('promise after response'));
    for (const event of ['data', 'end', 'close', 'readable', 'error', 'aborted']) {
      if (event !== 'readable') res.on(event, (chunk) => console.log('res', event, chunk ? String(chunk) : ''));
    }
    res.on('close', () => server.close());
  });
  process.nextTick(() => console.log('tick'));
  console.log('made', req.socket, req.writableEnded);
  req.end('body');
  console.log('ended', req.writableEnded, req.finished);
});
