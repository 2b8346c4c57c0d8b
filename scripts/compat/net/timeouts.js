// setTimeout: event, callback once, activity restarts it, zero switches it off, wrong values.
'use strict';

const net = require('net');

const server = net.createServer((socket) => { socket.on('error', () => {}); socket.resume(); });
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    console.log(socket.setTimeout(100, () => console.log('callback')) === socket, socket.timeout);
    let writes = 0;
    const timer = setInterval(() => { if (++writes > 4) clearInterval(timer); else socket.write('x'); }, 40);
    let events = 0;
    socket.on('timeout', () => {
      console.log('timeout', ++events, writes > 4, socket.destroyed);
      if (events === 1) socket.write('again');
      if (events === 2) {
        socket.setTimeout(0);
        setTimeout(() => { console.log('quiet', events); socket.destroy(); server.close(); }, 150);
      }
    });
  });
  for (const bad of ['x', -1, NaN, Infinity]) {
    try {
      socket.setTimeout(bad);
      console.log(bad, 'taken', socket.timeout);
    } catch (err) {
      console.log(bad, err.name, err.code, err.message);
    }
  }
});
