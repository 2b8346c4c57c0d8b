// 'socket' comes on the next tick, before promises that were queued earlier and after earlier ticks.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => res.end());
server.listen(0, '127.0.0.1', () => {
  Promise.resolve().then(() => console.log('promise before'));
  process.nextTick(() => console.log('tick before'));
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  process.nextTick(() => console.log('tick after', req.socket !== null));
  Promise.resolve().then(() => console.log('promise after', req.socket !== null));
  req.on('socket', () => console.log('socket'));
  req.on('response', (res) => { res.resume(); server.close(); });
  console.log('sync', req.socket);
});
