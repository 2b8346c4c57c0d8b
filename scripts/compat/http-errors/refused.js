// A refused connection: the error's own properties, the order of events, destroyed state.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const req = http.get({ port, host: '127.0.0.1' });
    for (const event of ['socket', 'response', 'error', 'close', 'abort', 'finish', 'timeout']) {
      req.on(event, (value) => console.log(event, value instanceof Error ? value.code : ''));
    }
    req.on('error', (err) => {
      console.log(err.message.replace(String(port), 'PORT'), err.name, err.syscall, err.address, err.port === port, err.errno, Object.keys(err));
      console.log(req.destroyed, req.errored === err, req.aborted, req.res, req.socket.destroyed);
    });
    console.log(req.destroyed, req.socket, req.finished);
  });
});
