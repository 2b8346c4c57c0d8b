// connect and createConnection: forms of arguments, and wrong ones.
'use strict';

const net = require('net');

const server = net.createServer((socket) => socket.end('x'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const forms = [
    (done) => net.connect(port, '127.0.0.1', done),
    (done) => net.connect({ port, host: '127.0.0.1' }, done),
    (done) => net.createConnection(String(port), '127.0.0.1', done),
    (done) => new net.Socket().connect(port, '127.0.0.1', done),
    (done) => net.connect({ port, host: 'localhost', family: 4 }, done),
    (done) => net.Socket().connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1' }, done),
    (done) => net.connect({ port, host: '127.0.0.1', noDelay: true, keepAlive: true, timeout: 5000 }, done),
  ];
  (function next() {
    const form = forms.shift();
    if (!form) { server.close(); return wrong(); }
    const socket = form(function () { console.log(this === socket, socket.remotePort === port, socket.timeout); });
    socket.resume();
    socket.on('close', next);
  })();
});
function wrong() {
  for (const args of [[], [{}], [{ port: 'x' }], [-1], [65536], [{ port: 1, localPort: 'x' }], [{ port: 1, localAddress: 'nonsense' }],
    [{ port: 1, lookup: 5 }], [{ path: 5 }], [null], [{ port: 1, host: 5 }], [{ port: 1, family: 9 }]]) {
    try {
      const socket = net.connect(...args);
      socket.on('error', () => {});
      socket.destroy();
      console.log(JSON.stringify(args), 'made');
    } catch (err) {
      console.log(JSON.stringify(args), err.name, err.code, err.message);
    }
  }
}
