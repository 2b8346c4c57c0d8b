// A TCP echo: events of both ends in order, each end's own.
'use strict';

const net = require('net');

const traces = { server: [], client: [] };
const watch = (side, socket) => {
  for (const event of ['lookup', 'connect', 'ready', 'data', 'end', 'finish', 'close', 'error', 'drain', 'pause', 'resume']) {
    socket.on(event, (value) => traces[side].push(event === 'data' ? `data ${value}` : event === 'close' ? `close ${value}` : event));
  }
};
const server = net.createServer((socket) => {
  watch('server', socket);
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  watch('client', client);
  client.on('connect', () => client.write('hello'));
  client.on('data', () => client.end());
  client.on('close', () => server.close(() => console.log(traces)));
});
