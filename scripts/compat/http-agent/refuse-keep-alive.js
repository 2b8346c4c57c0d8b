// keepSocketAlive that returns false closes the socket; createConnection by callback and with an error.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end('x'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const closing = new http.Agent({ keepAlive: true });
  closing.keepSocketAlive = () => false;
  http.get({ port, host: '127.0.0.1', agent: closing }, (res) => {
    const { socket } = res;
    res.resume();
    socket.on('close', () => { console.log('closed', Object.keys(closing.freeSockets)); later(); });
  });
  function later() {
    const agent = new http.Agent();
    agent.createConnection = (options, callback) => {
      console.log('by callback');
      setImmediate(() => callback(null, net.connect(port, '127.0.0.1')));
    };
    http.get({ host: 'nowhere.invalid', agent }, (res) => {
      console.log('response', res.statusCode);
      res.resume();
      res.on('close', failing);
    });
  }
  function failing() {
    const agent = new http.Agent();
    agent.createConnection = (options, callback) => { setImmediate(() => callback(new Error('no socket'))); };
    const req = http.get({ host: 'nowhere.invalid', agent });
    req.on('error', (err) => console.log('error', err.message, req.socket, req.destroyed));
    req.on('close', () => { console.log('close'); server.close(); });
  }
});
