// socketPath: a server and a client over a Unix socket, Host header, agent key.
'use strict';

const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-'));
const socketPath = path.join(dir, 's');
const server = http.createServer((req, res) => {
  console.log(req.headers.host, req.socket.remoteAddress, req.socket.remotePort);
  res.end('over the socket');
});
server.listen(socketPath, () => {
  const agent = new http.Agent({ keepAlive: true });
  http.get({ socketPath, path: '/', agent }, (res) => {
    console.log(Object.keys(agent.sockets)[0].endsWith(`:${socketPath}`));
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => {
      agent.destroy();
      server.close(() => {
        console.log(fs.existsSync(socketPath));
        fs.rmSync(dir, { recursive: true });
        http.get({ socketPath }).on('error', (err) => console.log(err.code, err.syscall, err.address === socketPath, err.port));
      });
    });
  });
});
