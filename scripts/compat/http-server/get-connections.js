// getConnections and the server's own count while clients come and go.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end());
const count = (label) => new Promise((resolve) => server.getConnections((err, n) => { console.log(label, err, n); resolve(); }));
const connect = () => new Promise((resolve) => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  server.once('connection', (peer) => resolve([socket, peer]));
});
server.listen(0, '127.0.0.1', async () => {
  await count('none');
  const [first] = await connect();
  const [second, peer] = await connect();
  await count('two');
  peer.on('close', async () => {
    await count('one');
    first.destroy();
    server.close(async () => { await count('closed'); });
  });
  second.destroy();
});
