// A subclass that overrides createConnection, keepSocketAlive and reuseSocket.
'use strict';

const http = require('http');
const net = require('net');

class MyAgent extends http.Agent {
  createConnection(options, callback) {
    console.log('createConnection', options.host, options.path, typeof callback, options.servername);
    return net.createConnection({ port: options.port, host: options.host });
  }
  keepSocketAlive(socket) {
    console.log('keepSocketAlive', socket instanceof net.Socket);
    return super.keepSocketAlive(socket) !== false;
  }
  reuseSocket(socket, req) {
    console.log('reuseSocket', req.path);
    super.reuseSocket(socket, req);
  }
  getName(options) {
    return `mine:${super.getName(options)}`;
  }
}
const agent = new MyAgent({ keepAlive: true });
const server = http.createServer((req, res) => res.end('x'));
server.listen(0, '127.0.0.1', () => {
  const get = (path, done) => http.get({ port: server.address().port, host: '127.0.0.1', agent, path }, (res) => {
    res.resume();
    res.on('close', () => setImmediate(done));
  });
  get('/1', () => get('/2', () => {
    console.log(Object.keys(agent.freeSockets).map((key) => key.split(':')[0]));
    agent.destroy();
    server.close();
  }));
});
