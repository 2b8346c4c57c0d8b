// The signal option of a request.
'use strict';

const http = require('http');

const server = http.createServer(() => {});
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent: false };
  const early = new AbortController();
  early.abort();
  const controller = new AbortController();
  for (const [label, signal] of [['early', early.signal], ['later', controller.signal]]) {
    const req = http.get({ ...options, signal });
    req.on('error', (err) => console.log(label, err.name, err.code, err.message));
    req.on('close', () => { console.log(label, 'close', req.destroyed); if (label === 'later') { server.closeAllConnections(); server.close(); } });
  }
  server.once('request', () => controller.abort());
  try {
    http.get({ ...options, signal: {} });
  } catch (err) {
    console.log(err.code, err.message);
  }
});
