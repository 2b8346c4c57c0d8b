// maxConnections: further connections are dropped, and drop tells which.
'use strict';

const net = require('net');

const server = net.createServer(() => {});
server.maxConnections = 1;
server.on('drop', (data) => console.log('drop', Object.keys(data), data.localAddress, data.remoteFamily));
server.listen(0, '127.0.0.1', () => {
  const first = net.connect(server.address().port, '127.0.0.1', () => {
    const second = net.connect(server.address().port, '127.0.0.1');
    second.on('error', () => {});
    second.on('close', () => {
      server.getConnections((err, count) => {
        console.log(err, count, first.destroyed);
        first.destroy();
        server.close();
      });
    });
  });
});
