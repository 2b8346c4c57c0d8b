// The request's own createConnection option takes the agent's place.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end(`${req.url} ${req.headers.connection}`));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const get = (label, options, done) => {
    const req = http.get({ host: 'elsewhere', port: 1234, path: `/${label}`, ...options }, (res) => {
      res.setEncoding('utf8');
      res.on('data', (text) => console.log(label, text, req.agent === http.globalAgent, req.shouldKeepAlive));
      res.on('end', done);
    });
    req.on('error', (err) => console.log(label, err.message));
  };
  get('returned', { createConnection: (options) => { console.log(options.host, options.port, options.path); return net.connect(port, '127.0.0.1'); } }, () => {
    get('callback', { createConnection: (options, callback) => { setImmediate(() => callback(null, net.connect(port, '127.0.0.1'))); } }, () => {
      get('error', { createConnection: (options, callback) => { callback(new Error('none')); } });
      server.close();
    });
  });
});
