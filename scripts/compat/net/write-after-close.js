// A peer that resets: the error, and what writes after it get.
'use strict';

const net = require('net');

const server = net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('x'));
  client.on('error', (err) => console.log('error', err.code, err.syscall, Object.keys(err)));
  client.on('close', (hadError) => {
    console.log('close', hadError, client.errored.code);
    console.log(client.write('late', (err) => console.log('callback', err.code)));
    client.end((err) => console.log('end', err && err.code));
    server.close();
  });
});
