// The order of events on server, socket, request and response for a POST with a body.
'use strict';

const http = require('http');
const net = require('net');

const log = (...words) => console.log(words.join(' '));
const watch = (name, emitter, events) => {
  for (const event of events) emitter.on(event, () => log(name, event));
};

const server = http.createServer();
watch('server', server, ['listening', 'connection', 'request', 'close']);
server.on('connection', (socket) => watch('socket', socket, ['end', 'finish', 'close', 'error', 'timeout']));
server.on('request', (req, res) => {
  log('body before it is there', req.readableLength, req.complete);
  watch('req', req, ['end', 'close', 'aborted', 'error', 'pause', 'resume']);
  watch('res', res, ['finish', 'close', 'error', 'pipe', 'drain']);
  req.on('data', (chunk) => log('req data', chunk));
  req.on('end', () => {
    res.end('answer', () => log('end callback'));
    log('after end', res.writableEnded, res.writableFinished, res.finished);
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    client.write('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\n');
    server.once('request', () => setImmediate(() => client.write('body')));
  });
  client.resume();
  client.on('close', () => server.close());
});
