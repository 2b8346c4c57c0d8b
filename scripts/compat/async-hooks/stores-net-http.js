// The store that each callback of a socket, a server, a request and a kept socket
// finds.
'use strict';
const { AsyncLocalStorage } = require('async_hooks');
const http = require('http');
const net = require('net');

const als = new AsyncLocalStorage();
const tell = (what) => console.log(what, als.getStore());
als.run('listen', () => {
  const server = net.createServer((c) => {
    tell('connection');
    c.on('data', () => { tell('server data'); c.end('bye'); });
    c.on('end', () => tell('server end'));
    c.on('close', () => tell('server socket close'));
  });
  server.listen(0, '127.0.0.1', () => {
    tell('listening');
    als.run('connect', () => {
      const c = net.connect(server.address().port, '127.0.0.1');
      als.run('on', () => c.on('connect', () => {
        tell('connect');
        als.run('write', () => c.write('hi', () => tell('written')));
      }));
      c.on('data', () => tell('data'));
      c.on('end', () => tell('end'));
      c.on('close', () => {
        tell('close');
        server.close(() => { tell('server close'); setTimeout(overHTTP, 5); });
      });
    });
  });
});

function overHTTP() {
  als.run('http server', () => {
    const server = http.createServer((req, res) => {
      tell('request');
      als.enterWith(`entered ${req.url}`);
      req.on('data', () => tell('request data'));
      req.on('end', () => { tell('request end'); res.end('x'); });
      req.on('close', () => tell('request close'));
      res.on('finish', () => tell('finish'));
      res.on('close', () => tell('answer close'));
    });
    server.listen(0, '127.0.0.1', () => {
      const agent = new http.Agent({ keepAlive: true });
      const get = (k) => als.run(`get ${k}`, () => {
        const req = http.request({ port: server.address().port, host: '127.0.0.1', agent, path: `/${k}`, method: 'POST' }, (res) => {
          tell('response');
          res.on('data', () => tell('response data'));
          res.on('end', () => {
            tell('response end');
            if (k < 3) return als.exit(() => setTimeout(get, 10, k + 1));
            agent.destroy();
            server.close(() => tell('closed'));
          });
        });
        req.on('socket', () => tell('socket'));
        req.on('finish', () => tell('sent'));
        req.on('close', () => tell('request closed'));
        req.end('body');
      });
      get(1);
    });
  });
}
