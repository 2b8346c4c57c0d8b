// Servers, sockets and datagram sockets travel to a child, in order with the
// messages around them.
'use strict';
const { fork } = require('child_process');
const net = require('net');
const dgram = require('dgram');

if (process.argv[2] === 'child') {
  process.on('message', (m, handle) => {
    process.send(['got', m, handle && handle.constructor.name]);
    if (m === 'server') handle.on('connection', (c) => c.end('from the child'));
    if (m === 'socket') handle.end('child has the socket');
    if (m === 'dgram') handle.on('message', (msg, r) => handle.send('child got ' + msg, r.port, r.address));
  });
} else {
  const child = fork(__filename, ['child']);
  const lines = [];
  child.on('message', (m) => { lines.push(m.join(' ')); if (m[1] === 'last') next(); });
  for (const bad of [{}, 1, new Date()]) {
    try { child.send('x', bad); } catch (e) { console.log(e.name, e.code, e.message); }
  }

  const server = net.createServer({ pauseOnConnect: true }, (c) => {
    child.send('socket', c, () => console.log('socket sent', c._handle));
    child.send('after the socket');
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    const reader = net.connect(port, '127.0.0.1');
    reader.setEncoding('utf8').on('data', (d) => console.log(d));
    reader.on('close', () => {
      child.send('server', server, (e) => {
        console.log('server sent', e);
        server.close();
        net.connect(port, '127.0.0.1').setEncoding('utf8')
          .on('data', (d) => console.log(d)).on('close', () => udp());
      });
    });
  });

  function udp() {
    const u = dgram.createSocket('udp4');
    u.bind(0, '127.0.0.1', () => {
      const { port } = u.address();
      child.send('dgram', u, () => {
        u.close();
        const c = dgram.createSocket('udp4', (msg) => { console.log(msg.toString()); c.close(); child.send('last'); });
        const t = setInterval(() => c.send('hello', port, '127.0.0.1'), 50);
        c.on('close', () => clearInterval(t));
      });
    });
  }

  function next() {
    console.log(lines.join('\n'));
    child.disconnect();
    child.on('disconnect', () => console.log('disconnect', child.connected));
    child.kill();
  }
}
