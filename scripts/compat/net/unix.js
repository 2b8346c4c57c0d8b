// Unix sockets: address is the path, no remote address, the file goes with the server.
'use strict';

const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-'));
const file = path.join(dir, 's');
const server = net.createServer((socket) => {
  console.log(socket.remoteAddress, socket.remotePort, socket.localAddress, socket.address());
  socket.end('unix');
});
server.listen({ path: file, readableAll: true }, () => {
  console.log(server.address() === file, fs.statSync(file).isSocket());
  const client = net.connect({ path: file }, () => console.log('connect', client.remoteAddress, client.connecting));
  client.on('data', (chunk) => console.log(String(chunk)));
  client.on('close', () => {
    const second = net.createServer().on('error', (err) => {
      console.log(err.code, err.syscall, err.address === file, err.port);
      server.close(() => {
        console.log(fs.existsSync(file));
        fs.rmSync(dir, { recursive: true });
      });
    });
    second.listen(file);
  });
});
