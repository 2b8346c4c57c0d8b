// A handler that throws ends the process with the error (the answer is never sent).
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log('request');
  throw new Error('from the handler');
});
process.on('exit', (code) => console.log('exit', code));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, () => console.log('response?'));
});
