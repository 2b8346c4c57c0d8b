// An http server that says hello: `spindle scripts/hello.js [port]`, or PORT in
// the environment. Port 0 takes a free one.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('Hello, world!\n');
});

const port = Number(process.argv[2] ?? process.env.PORT ?? 3000);
server.listen(port, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
