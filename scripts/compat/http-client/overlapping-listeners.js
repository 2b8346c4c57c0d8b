// Several response listeners, once, prepend; the callback of http.get is one of them.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => res.end('x'));
server.listen(0, '127.0.0.1', () => {
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => { console.log('callback'); res.resume(); });
  req.prependListener('response', () => console.log('prepended'));
  req.on('response', (res) => { console.log('listener', req.listenerCount('response')); res.on('end', () => server.close()); });
  console.log(req.listenerCount('response'), req.eventNames());
});
