// writeHead and end: the shortest handler.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 13 });
  res.end('Hello, world!');
});
server.keepAliveTimeout = Number(process.env.KEEP_ALIVE ?? 5000);
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
