// A refused connection and a missing Unix socket: error, then close(true).
'use strict';

const net = require('net');
const os = require('os');
const path = require('path');

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', (err) => console.log(err.code, err.errno, err.syscall, err.address, err.port === port, err.message === `connect ECONNREFUSED 127.0.0.1:${port}`, socket.destroyed));
    socket.on('close', (hadError) => {
      console.log('close', hadError, socket.connecting, socket.errored.code);
      const file = path.join(os.tmpdir(), 'compat-no-such-socket');
      net.connect(file).on('error', (err) => console.log(err.code, err.errno, err.syscall, err.address === file, err.message === `connect ENOENT ${file}`));
    });
    console.log(socket.write('x', (err) => console.log('write callback', err.code)));
  });
});
