// A handler that destroys socket, request or response.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  for (const [name, emitter] of [['req', req], ['res', res], ['socket', req.socket]]) {
    for (const event of ['close', 'error', 'finish', 'end', 'aborted']) {
      emitter.on(event, (err) => console.log(req.url, name, event, err instanceof Error ? err.code || err.message : ''));
    }
  }
  switch (req.url) {
    case '/socket': req.socket.destroy(); break;
    case '/socket-error': req.socket.destroy(new Error('mine')); break;
    case '/req': req.destroy(); break;
    case '/req-error': req.destroy(new Error('mine')); break;
    case '/res': res.destroy(); break;
    case '/res-error': res.destroy(new Error('mine')); break;
    case '/res-written': res.write('part'); res.destroy(); break;
  }
  console.log(req.url, req.destroyed, res.destroyed, res.writable, req.socket && req.socket.destroyed);
});
server.on('clientError', (err) => console.log('clientError', err.message));
const urls = ['/socket', '/socket-error', '/req', '/req-error', '/res', '/res-error', '/res-written'];
server.listen(0, '127.0.0.1', function next() {
  const url = urls.shift();
  if (!url) return server.close();
  let open = 2;
  const closed = () => { if (--open === 0) setImmediate(next); };
  const socket = net.connect(server.address().port, '127.0.0.1');
  server.once('connection', (peer) => peer.on('close', closed));
  socket.write(`GET ${url} HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.on('error', () => {});
  socket.resume();
  socket.on('close', closed);
});
