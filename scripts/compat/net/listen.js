// A server's states and events: listen, address, close, errors, listening again.
'use strict';

const net = require('net');

const server = net.createServer();
for (const event of ['listening', 'close', 'error', 'connection', 'drop']) server.on(event, (value) => console.log('event', event, value && value.code));
console.log(server.listening, server.address(), server.maxConnections, server.allowHalfOpen, server.pauseOnConnect, server.noDelay, server.keepAlive);
server.close((err) => {
  console.log('close callback', err.code);
  console.log(server.listen({ port: 0, host: '127.0.0.1' }, () => {
    console.log(server.listening, server.address().family);
    const second = net.createServer().on('error', (err) => {
      console.log(err.code, err.syscall, err.port === server.address().port, err.address);
      server.close(() => console.log(server.listening, server.address()));
      console.log(server.listening);
    }).listen(server.address().port, '127.0.0.1');
  }) === server);
});
