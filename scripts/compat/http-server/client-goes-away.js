// The client leaves in the middle: aborted, error and close in Node's order.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.url);
  for (const [name, emitter] of [['req', req], ['res', res]]) {
    for (const event of ['aborted', 'error', 'end', 'close', 'finish']) {
      emitter.on(event, (err) => console.log(name, event, err ? `${err.code} ${err.message}` : ''));
    }
  }
  req.on('close', () => {
    console.log(req.aborted, req.destroyed, req.complete, req.readableAborted, res.writableFinished, res.destroyed, res.writableEnded);
  });
  if (req.url === '/read') req.resume();
  if (req.url === '/answer') res.write('begun');
  setImmediate(() => client.destroy());
});
let client;
const runs = [
  ['/idle', 'GET /idle HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['/read', 'POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc'],
  ['/unread', 'POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc'],
  ['/answer', 'GET /answer HTTP/1.1\r\nHost: a\r\n\r\n'],
];
server.listen(0, '127.0.0.1', function next() {
  const run = runs.shift();
  if (!run) return server.close();
  server.once('connection', (peer) => peer.on('close', () => setImmediate(() => setImmediate(next))));
  client = net.connect(server.address().port, '127.0.0.1', () => client.write(run[1]));
  client.on('error', () => {});
});
