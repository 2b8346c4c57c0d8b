// The onread option: one buffer, a callback, and false that pauses.
'use strict';

const net = require('net');

const server = net.createServer((socket) => socket.end('abcdefghij')).listen(0, '127.0.0.1', () => {
  const buffer = Buffer.alloc(4);
  const client = net.connect({
    port: server.address().port, host: '127.0.0.1',
    onread: {
      buffer,
      callback(size, buf) {
        console.log(size, buf === buffer, buf.toString('utf8', 0, size));
        if (size === 4) setImmediate(() => client.resume());
        return size !== 4;
      },
    },
  });
  client.on('data', () => console.log('data?'));
  client.on('end', () => { console.log('end', client.bytesRead); server.close(); });
  client.resume();
});
