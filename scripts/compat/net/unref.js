// An unref'd server and socket do not keep the process alive; ref does.
'use strict';

const net = require('net');

const server = net.createServer((socket) => socket.unref());
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    console.log(client.unref() === client, client.ref() === client, client.unref() === client);
    console.log(server.unref() === server, server.ref() === server, server.unref() === server);
  });
});
process.on('exit', () => console.log('exit'));
