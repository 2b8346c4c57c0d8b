// listen: forms, address(), events, errors.
'use strict';

const http = require('http');
const net = require('net');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-'));
const file = path.join(dir, 'sock');
const forms = [
  (server, done) => server.listen(0, '127.0.0.1', done),
  (server, done) => server.listen({ port: 0, host: '127.0.0.1', backlog: 3 }, done),
  (server, done) => server.listen('0', '127.0.0.1', done),
  (server, done) => server.listen(file, done),
  (server, done) => server.listen({ path: `${file}2` }, done),
  (server, done) => server.listen(0, '127.0.0.1', 10, done),
  (server, done) => server.listen(0, 'localhost', done),
];
(function next() {
  const form = forms.shift();
  if (!form) {
    fs.rmSync(dir, { recursive: true });
    return errors();
  }
  const server = http.createServer();
  const returned = form(server, function () {
    const address = server.address();
    console.log(this === server, returned === server, server.listening, server.listenerCount('listening'),
                typeof address === 'string' ? path.basename(address) : [typeof address.port, address.address, address.family]);
    server.close(next);
  });
})();
function errors() {
  for (const args of [[-1], [70000], [{}], [{ port: 'abc' }], [true], [{ path: 5 }], [{ fd: 'x' }]]) {
    const server = http.createServer();
    server.on('error', (err) => console.log('event', JSON.stringify(args), err.code));
    try {
      server.listen(...args);
      console.log(JSON.stringify(args), 'listens');
      server.close();
    } catch (err) {
      console.log(JSON.stringify(args), err.name, err.code, err.message);
    }
  }
  const taken = net.createServer().listen(0, '127.0.0.1', () => {
    const second = http.createServer();
    second.on('error', (err) => {
      console.log(err.code, err.syscall, err.address, err.port === taken.address().port, Object.keys(err));
      taken.close();
      twice();
    });
    second.listen(taken.address().port, '127.0.0.1');
  });
}
function twice() {
  const server = http.createServer().listen(0, '127.0.0.1', () => {
    try {
      server.listen(0);
    } catch (err) {
      console.log(err.code, err.message);
    }
    server.close(() => server.listen(0, '127.0.0.1', () => { console.log('again'); server.close(); }));
  });
}
