// setNoDelay, setSocketKeepAlive and setTimeout before and after the socket is there.
'use strict';

const http = require('http');
const net = require('net');

const calls = [];
for (const name of ['setNoDelay', 'setKeepAlive', 'setTimeout']) {
  const original = net.Socket.prototype[name];
  net.Socket.prototype[name] = function (...args) {
    if (this.watched) calls.push([name, ...args.filter((a) => typeof a !== 'function')]);
    return original.apply(this, args);
  };
}
const server = http.createServer((req, res) => res.end());
server.listen(0, '127.0.0.1', () => {
  const req = http.request({
    host: '127.0.0.1', port: server.address().port,
    createConnection: (options) => { const socket = net.connect(options.port, options.host); socket.watched = true; return socket; },
  });
  console.log(req.setNoDelay(false), req.setSocketKeepAlive(true, 1000), req.setTimeout(5000) === req);
  req.on('response', (res) => {
    req.setNoDelay();
    req.setSocketKeepAlive(false);
    req.setTimeout(6000);
    res.resume();
    res.on('end', () => { console.log(calls); server.close(); });
  });
  req.end();
});
