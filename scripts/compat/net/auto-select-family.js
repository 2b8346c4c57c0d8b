// Names with several addresses: attempts one after another, and the aggregate when all fail.
'use strict';

const net = require('net');

console.log(net.getDefaultAutoSelectFamily(), typeof net.getDefaultAutoSelectFamilyAttemptTimeout());
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const lookup = (name, options, callback) => {
    console.log('lookup', name, options.all);
    process.nextTick(callback, null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
  };
  const socket = net.connect({ host: 'two.example', port, lookup, autoSelectFamily: true });
  socket.on('connectionAttempt', (ip, p, family) => console.log('attempt', ip, p === port, family));
  socket.on('connectionAttemptFailed', (ip, p, family, err) => console.log('failed', ip, family, err.code));
  socket.on('lookup', (err, address, family, host) => console.log('looked up', err, address, family, host));
  socket.on('connect', () => console.log('connected', socket.remoteAddress, socket.autoSelectFamilyAttemptedAddresses.map((a) => a.replace(`:${port}`, ''))));
  socket.resume();
  socket.on('close', () => server.close(() => {
    const failing = net.connect({ host: 'two.example', port, lookup, autoSelectFamily: true });
    failing.on('error', (err) => console.log(err.name, err.code, err.message, err.errors && err.errors.map((e) => e.code)));
    failing.on('close', () => console.log('close'));
  }));
});
