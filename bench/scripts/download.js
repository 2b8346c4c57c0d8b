// Answers with 1 MB in pieces of 16 kB, waiting for drain.
'use strict';

const http = require('http');

const piece = Buffer.alloc(16 * 1024, 'x');
const pieces = 64;

const server = http.createServer((req, res) => {
  let sent = 0;
  res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': piece.length * pieces });
  const more = () => {
    while (sent < pieces) {
      sent++;
      if (!res.write(piece)) {
        res.once('drain', more);
        return;
      }
    }
    res.end();
  };
  more();
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
