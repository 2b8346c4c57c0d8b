// A request whose error nobody hears ends the process.
'use strict';

const http = require('http');
const net = require('net');

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => http.get({ port, host: '127.0.0.1' }));
});
process.on('exit', (code) => console.log('exit', code));
